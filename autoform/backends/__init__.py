"""Back ends: from the spec IR to the text of other languages. They do not see each other."""
