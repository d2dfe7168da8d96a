"""Who says yes or no: external verifiers, and what their answers are."""
