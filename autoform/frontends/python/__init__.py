"""The Python front end: source to IR, exactly or not at all."""
