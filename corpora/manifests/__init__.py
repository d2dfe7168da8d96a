"""Manifests of public corpora, installed as `autoform.manifests`; `corpora/manifests/README.md`."""
