"""Front ends: source text to spec IR, exactly, or to a diagnostic that says why not."""
