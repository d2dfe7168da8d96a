"""The register of diagnostic codes: one declaration a code, one page a code in `pages/`.

A code is an interface: users filter, suppress and search by it. It may be added or retired,
never renamed or given another meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

__all__ = ["CODES", "Code", "Severity"]


class Severity(StrEnum):
    """How bad a finding is: only an error keeps something from being done."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """`error[name]`: what a finding is called, what it means in a line, and the usual way out."""

    name: str
    title: str
    severity: Severity
    help: str


def _error(name: str, title: str, way_out: str) -> Code:
    return Code(name, title, Severity.ERROR, way_out)


def _warning(name: str, title: str, way_out: str) -> Code:
    return Code(name, title, Severity.WARNING, way_out)


def _note(name: str, title: str, way_out: str) -> Code:
    return Code(name, title, Severity.NOTE, way_out)


_FILES = (
    _error("unreadable-file", "the file cannot be read", "check the path and its permissions"),
    _error("not-utf8", "the file is not UTF-8 text", "save the file as UTF-8"),
    _error(
        "file-too-large",
        "the file is larger than autoform reads",
        "move the functions of interest into a smaller file",
    ),
    _note("empty-file", "the file defines no function", "name a file that defines functions"),
    _error("syntax-error", "the file does not parse", "correct the syntax and try again"),
    _error(
        "too-deeply-nested",
        "an expression or block is nested too deeply",
        "name intermediate results or split the function",
    ),
    _error(
        "function-too-large",
        "the function is too large",
        "split it into functions that can be specified one by one",
    ),
)

_UNSUPPORTED = (
    _error(
        "unsupported-syntax",
        "this construct is outside the lifted subset",
        "rewrite it with the constructs listed in the language's page under `grammars/`",
    ),
    _error(
        "unsupported-type",
        "this type has no counterpart in the spec IR",
        "use int, bool, str, float, list, tuple, set, dict, Optional or a frozen dataclass",
    ),
    _error(
        "unsupported-builtin",
        "this builtin function is outside the lifted subset",
        "write out what it computes with a loop or a comprehension",
    ),
    _error(
        "unsupported-method",
        "this method is outside the lifted subset",
        "write out what it computes, or move the call out of the function",
    ),
    _error(
        "unsupported-module",
        "functions of this module are outside the lifted subset",
        "pass the value in as a parameter, or write out what is computed",
    ),
    _error(
        "unsupported-class",
        "this class is outside the lifted subset",
        "use a frozen dataclass without methods, or an Enum of plain members",
    ),
    _error(
        "unsupported-operator",
        "this operator is not defined on these types in the spec IR",
        "convert the operands explicitly, or write out what is computed",
    ),
    _error(
        "unsupported-regex",
        "regular expressions are outside the lifted subset",
        "test the characters with a loop or with string methods",
    ),
    _error(
        "string-format",
        "this string formatting is outside the lifted subset",
        "concatenate plain strings and `str(n)` of integers",
    ),
    _error(
        "star-arguments",
        "`*args` and `**kwargs` are outside the lifted subset",
        "name each parameter, or take one list",
    ),
    _error(
        "try-except",
        "`try` and `with` are outside the lifted subset",
        "test the condition with `if` before the operation that may raise",
    ),
    _error(
        "generator-function",
        "a generator has no value that the spec IR can hold",
        "collect the results in a list and return it",
    ),
    _error(
        "async-code",
        "asynchronous code is outside the lifted subset",
        "move the computation into a plain function",
    ),
    _error(
        "higher-order-value",
        "a function is used as a value",
        "call the function where it is needed, or write the loop out",
    ),
    _error(
        "class-method",
        "a method of a class is outside the lifted subset",
        "move it to a function of the module that takes what it reads as parameters",
    ),
    _error(
        "decorated-function",
        "this decorator may replace the function",
        "remove the decorator, or lift the undecorated function",
    ),
    _error(
        "calls-refused-function",
        "the function calls one that was not lifted",
        "make the callee liftable first: it has its own diagnostic",
    ),
)

_EFFECTS = (
    _error(
        "global-state",
        "the function changes state outside itself",
        "take the state as a parameter and return the new one",
    ),
    _error(
        "mutable-global",
        "the function reads a global that may change",
        "make the global a constant (`Final`, or a tuple or frozenset), or pass it in",
    ),
    _error(
        "input-output",
        "the function reads or writes the outside world",
        "compute the result in one function and print or read it in another",
    ),
)

_NAMES_AND_TYPES = (
    _error(
        "unknown-name",
        "this name is not defined where the function can see it",
        "define it in the same file, or correct the spelling",
    ),
    _error(
        "unknown-type",
        "the type of this value cannot be told",
        "annotate it, for example `xs: list[int]`",
    ),
    _error(
        "type-mismatch",
        "two types that must be the same are not",
        "convert one of the two explicitly, or correct the annotation",
    ),
    _error(
        "mixed-int-float",
        "a value is an integer here and a float there",
        "convert explicitly with `float(n)`, or keep the computation in one type",
    ),
    _error(
        "possibly-unbound",
        "a variable may be read before it has a value",
        "give it a value before the branch or loop",
    ),
)

_PYTHON_TRAPS = (
    _error(
        "aliased-mutation",
        "a value is changed that has another name",
        "copy it before changing it, for example `ys = list(xs)`",
    ),
    _error(
        "mutable-default",
        "a default value is mutable and shared between calls",
        "use `None` as the default and create the value inside",
    ),
    _error(
        "rebound-builtin",
        "a builtin's name means something else here",
        "choose another name",
    ),
    _error(
        "late-binding-closure",
        "an inner function sees a variable that changes after it was made",
        "pass the value as a parameter of the inner function",
    ),
    _error(
        "identity-comparison",
        "`is` on values depends on how the interpreter stores them",
        "compare with `==`; `is` is exact for None, True and False only",
    ),
    _error(
        "set-order",
        "the result depends on the order of a set",
        "iterate over `sorted(s)`",
    ),
    _error(
        "mutation-while-iterating",
        "a collection is changed while a loop goes over it",
        "iterate over a copy, or collect the changes and apply them after the loop",
    ),
)

_RUST_TRAPS = (
    _error(
        "mutable-borrow",
        "this mutable reference cannot be followed to one place",
        "borrow a variable, field or element directly, or return the new value",
    ),
    _error(
        "evaluation-order",
        "what a lazy iterator evaluates, and when, could show",
        "collect the items first, or write the loop out",
    ),
    _error(
        "string-bytes",
        "text is read by bytes where the spec IR has characters",
        "work on `chars()`, or on `as_bytes()` throughout",
    ),
    _error(
        "unsafe-code",
        "`unsafe` code is outside the lifted subset",
        "use references and indexes, whose rules the compiler checks",
    ),
    _error(
        "interior-mutability",
        "a value is shared, or changed through shared references",
        "own the value, or pass it as `&mut`",
    ),
    _error(
        "unsupported-macro",
        "this macro is outside the lifted subset",
        "write out what it expands to",
    ),
    _error(
        "trait-method",
        "a default method of a trait is outside the lifted subset",
        "move it to a function over a concrete type",
    ),
)

_CONTRACTS = (
    _error(
        "contract-syntax",
        "this contract cannot be read",
        "use the forms listed in `grammars/contract.md`",
    ),
    _error(
        "contract-impossible",
        "no input meets this precondition",
        "correct the `requires`: nothing can be proved about a function that may never be called",
    ),
)

_BACKENDS_AND_TOOLS = (
    _error(
        "unsupported-by-backend",
        "this back end cannot express what the function needs",
        "choose another back end, or rewrite that part",
    ),
    _error(
        "float-needs-allow",
        "the target has no IEEE floats",
        "pass `--allow float-as-real` to treat floats as real numbers, recorded as an assumption",
    ),
    _error(
        "missing-tool",
        "a program that autoform runs is not installed",
        "run `autoform doctor` to see what is missing and how to install it",
    ),
    _error(
        "model-unavailable",
        "the language model cannot be asked",
        "run `autoform explain model-unavailable` to see what asking one takes",
    ),
    _error(
        "original-not-run",
        "the original function cannot be run here",
        "run autoform with the Python version that the file is written for",
    ),
    _error(
        "nothing-compared",
        "no call of the function could be compared",
        "add an example beside the function, or correct its precondition",
    ),
    _error(
        "incomparable-functions",
        "these two functions cannot be called with the same arguments",
        "name two functions whose parameters and results match by position, or write a small"
        " function that calls one of them as the other is called",
    ),
    _error(
        "tool-failed",
        "a program that autoform runs failed or gave an answer it cannot read",
        "run `autoform doctor`; if the tool is sound, report the file that made it fail",
    ),
    _warning(
        "cache-unusable",
        "the cache of verdicts cannot be used",
        "see to the file named, or pass `--no-cache`; verdicts do not depend on it",
    ),
    _warning(
        "worker-lost",
        "a worker process ended before it answered",
        "see whether memory is short, or pass a smaller `--jobs`",
    ),
    _warning(
        "not-proved",
        "a proof obligation is open",
        "strengthen the `requires`, weaken the claim, or give the search more with `--budget`",
    ),
    _note(
        "documented-panic",
        "the function panics, and its documentation says so",
        "state it as `#[requires(…)]` or a guard: prose is no contract",
    ),
    _warning(
        "not-confirmed",
        "another prover did not confirm a proof",
        "look at what `autoform translate --prove` prints: a proof of one prover alone may be "
        "wrong, and the line named is where the other lost it",
    ),
    _error(
        "internal-error",
        "autoform failed on this function",
        "this is a defect of autoform: report the function, and what AUTOFORM_DEBUG=1 in the "
        "environment shows; the others are not affected",
    ),
)

_CALLS = (
    _error(
        "no-source-file",
        "there is no source file here",
        "name a `.py` or `.rs` file, or a folder that holds some",
    ),
    _error(
        "no-such-function",
        "there is no function of this name",
        "check the spelling; methods and inner functions cannot be selected",
    ),
    _error(
        "unknown-code",
        "there is no diagnostic code of this name",
        "use a code as it stands in brackets in a diagnostic",
    ),
    _error(
        "cannot-write",
        "the output cannot be written",
        "check the folder's permissions and the space left on the disk",
    ),
    _error(
        "bad-manifest",
        "the manifest of a public corpus cannot be used",
        "see `corpora/manifests/README.md` for what a manifest says",
    ),
    _error(
        "other-build",
        "the folder holds another build",
        "build into another folder, or pass `--restart` to begin anew",
    ),
    _error(
        "no-such-view",
        "there is no view of this name",
        "`autoform corpus export DIR --list` lists the views",
    ),
    _error(
        "wrong-row",
        "a row of a corpus is not what it says",
        "build the corpus again; a row that is wrong once more is a defect of autoform",
    ),
)

_DECLARED = (
    *_FILES,
    *_UNSUPPORTED,
    *_EFFECTS,
    *_NAMES_AND_TYPES,
    *_PYTHON_TRAPS,
    *_RUST_TRAPS,
    *_CONTRACTS,
    *_BACKENDS_AND_TOOLS,
    *_CALLS,
)

CODES: Mapping[str, Code] = MappingProxyType({code.name: code for code in _DECLARED})
"""Every code by its name."""
