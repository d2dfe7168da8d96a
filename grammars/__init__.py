"""The grammars, installed as `autoform.grammars`. Read them through `autoform.grammar_files`."""
