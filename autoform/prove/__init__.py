"""Finding proofs: invariants proposed, filtered, proved; refutations replayed."""
