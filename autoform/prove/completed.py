"""Modules with their proofs in place, for others to read and to check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from autoform.ir.decls import Function, Module
from autoform.prove.houdini import with_function
from autoform.prove.minimise import minimised
from autoform.prove.pipeline import ProofResult, ProofSettings, lowered

__all__ = ["completed", "stated_proofs"]


def stated_proofs(
    module: Module, results: Iterable[ProofResult], settings: ProofSettings
) -> dict[str, Function]:
    """The proved functions as their proofs are best stated: by name, lowered and annotated."""
    low = lowered(module)
    return {
        result.name: minimised(low, result.proof, allow_real=settings.allow_real)
        for result in results
        if result.proof is not None
    }


def completed(module: Module, proofs: Mapping[str, Function]) -> Module:
    """The module with each proved function as its proof has it; the others stay as they are."""
    for proof in proofs.values():
        module = with_function(module, proof)
    return module
