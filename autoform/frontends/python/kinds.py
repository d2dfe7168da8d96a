"""Every kind of named node of the Python grammar: read, skipped, or refused with a code.

The reader consults `REFUSED` for whatever it has no case for; a test demands that the three
tables together are exactly the kinds that the installed grammar can produce.
"""

from __future__ import annotations

from typing import Final

LIFTED: Final = frozenset(
    {
        "module",
        # Statements.
        "assert_statement",
        "assignment",
        "augmented_assignment",
        "block",
        "break_statement",
        "continue_statement",
        "decorated_definition",
        "decorator",
        "delete_statement",
        "elif_clause",
        "else_clause",
        "expression_statement",
        "for_statement",
        "function_definition",
        "future_import_statement",
        "if_statement",
        "import_from_statement",
        "import_statement",
        "aliased_import",
        "dotted_name",
        "pass_statement",
        "raise_statement",
        "return_statement",
        "while_statement",
        # Parameters.
        "default_parameter",
        "keyword_separator",
        "lambda_parameters",
        "parameters",
        "positional_separator",
        "typed_default_parameter",
        "typed_parameter",
        # Expressions.
        "argument_list",
        "attribute",
        "binary_operator",
        "boolean_operator",
        "call",
        "comparison_operator",
        "concatenated_string",
        "conditional_expression",
        "dictionary",
        "dictionary_comprehension",
        "dictionary_splat",
        "ellipsis",
        "expression_list",
        "false",
        "float",
        "for_in_clause",
        "generator_expression",
        "identifier",
        "if_clause",
        "integer",
        "keyword_argument",
        "lambda",
        "list",
        "list_comprehension",
        "list_pattern",
        "list_splat",
        "named_expression",
        "none",
        "not_operator",
        "pair",
        "parenthesized_expression",
        "pattern_list",
        "set",
        "set_comprehension",
        "slice",
        "subscript",
        "true",
        "tuple",
        "tuple_pattern",
        "unary_operator",
        # Strings.
        "escape_interpolation",
        "escape_sequence",
        "format_specifier",
        "interpolation",
        "string",
        "string_content",
        "string_end",
        "string_start",
        "type_conversion",
        # Annotations.
        "generic_type",
        "member_type",
        "type",
        "type_parameter",
        "union_type",
        # Classes: fields of records, names of what is refused.
        "class_definition",
    }
)

SKIPPED: Final = frozenset({"comment", "line_continuation"})

_TRY: Final = "try-except"
_MATCH: Final = ("unsupported-syntax", "`match`")
_STAR: Final = "star-arguments"

REFUSED: Final[dict[str, tuple[str, str]]] = {
    "as_pattern": (_TRY, "`as` patterns"),
    "as_pattern_target": (_TRY, "`as` patterns"),
    "except_clause": (_TRY, "`except`"),
    "finally_clause": (_TRY, "`finally`"),
    "try_statement": (_TRY, "`try`"),
    "with_clause": (_TRY, "`with`"),
    "with_item": (_TRY, "`with`"),
    "with_statement": (_TRY, "`with`"),
    "await": ("async-code", "`await`"),
    "yield": ("generator-function", "`yield`"),
    "global_statement": ("global-state", "`global`"),
    "nonlocal_statement": ("global-state", "`nonlocal`"),
    "match_statement": _MATCH,
    "case_clause": _MATCH,
    "case_pattern": _MATCH,
    "class_pattern": _MATCH,
    "complex_pattern": _MATCH,
    "dict_pattern": _MATCH,
    "keyword_pattern": _MATCH,
    "splat_pattern": _MATCH,
    "union_pattern": _MATCH,
    "dictionary_splat_pattern": (_STAR, "`**kwargs`"),
    "list_splat_pattern": (_STAR, "a starred parameter or target"),
    "parenthesized_list_splat": (_STAR, "a parenthesised `*`"),
    "splat_type": (_STAR, "a starred annotation"),
    "constrained_type": ("unsupported-type", "a constrained type"),
    "type_alias_statement": ("unsupported-type", "a `type` statement"),
    "format_expression": ("string-format", "a computed format specification"),
    "wildcard_import": ("unsupported-module", "`import *`"),
    "import_prefix": ("unsupported-module", "a relative import"),
    "relative_import": ("unsupported-module", "a relative import"),
    # The grammar also reads Python 2.
    "chevron": ("syntax-error", "Python 2's `>>`"),
    "exec_statement": ("syntax-error", "Python 2's `exec` statement"),
    "print_statement": ("syntax-error", "Python 2's `print` statement"),
}
