"""PEP 316 and its short forms: contracts in docstrings.

    pre: n >= 0
    post: __return__ >= n
    post[xs]:
        # sorted in place
        len(xs) == len(__old__.xs)
        forall(range(1, len(xs)), lambda i:
            xs[i - 1] <= xs[i])
    raises: ValueError

A section is one expression behind its keyword, or indented lines below it, each an expression; a
line indented further, or one inside brackets, continues the expression before. `post[xs]:` says
that the function changes nothing but xs, `post[]:` that it changes nothing (several such lists add
up). Postconditions know
`__return__` (also `_` and `result`), `__old__.x` and `old(x)`. Lines of doctests are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from autoform.frontends.python import tree
from autoform.frontends.python.clauses import Binding, ClauseKind, ClauseSource, Role
from autoform.frontends.python.contracts.reading import (
    ContractReading,
    ContractSite,
    merge,
    refuse,
)
from autoform.frontends.python.docstrings import DocLine, docstring_lines
from autoform.frontends.python.refusal import Refusal
from autoform.frontends.python.rewriting import rewrite
from autoform.frontends.python.snippets import place_at, read_expression
from autoform.ir.stmts import Origin

__all__ = ["has_invariant", "read_docstring"]

_KEYWORD: Final = re.compile(
    r"(?P<indent>[ \t]*):?(?P<word>pre|post|inv|raises)(?:\[(?P<frame>[^\]\n]*)\])?:"
    r"(?:[ \t]+(?P<text>\S.*))?$"
)
_DOCTEST: Final = re.compile(r"[ \t]*(?:>>>|\.\.\.)(?:[ \t]|$)")
_EXCEPTIONS: Final = re.compile(r"[A-Z]\w*(?:\s*,\s*[A-Z]\w*)*\Z")
_OPENING: Final = re.compile(r"[([{]")
_CLOSING: Final = re.compile(r"[)\]}]")
_QUOTED: Final = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_ROLES: Final = {
    "__return__": Binding(Role.RESULT),
    "_": Binding(Role.RESULT),
    "result": Binding(Role.RESULT),
    "__old__": Binding(Role.OLD),
    "old": Binding(Role.OLD),
}


@dataclass(frozen=True, slots=True)
class _Section:
    """A keyword with its expressions, each as its lines."""

    word: str
    frame: frozenset[str] | None
    expressions: tuple[tuple[DocLine, ...], ...]
    line: DocLine


def read_docstring(site: ContractSite) -> ContractReading:
    """The contract in a function's docstring. Raises `Refusal` for what cannot be read."""
    found = ContractReading()
    if site.function.docstring is None or not _may_hold_contract(site.function.docstring.value):
        return found
    frames: list[frozenset[str]] = []
    for section in _sections(docstring_lines(site.function.docstring, site.syntax)):
        found = merge(found, _read_section(section, site))
        frames.extend([] if section.frame is None else [section.frame])
    return replace(found, frame=frozenset[str]().union(*frames) if frames else None)


def has_invariant(docstring: str) -> bool:
    """Whether the docstring of a class states an invariant, which a lifter must not ignore."""
    lines = [DocLine(text, None) for text in docstring.split("\n")]
    return any(section.word == "inv" for section in _sections(lines))


def _may_hold_contract(value: str) -> bool:
    return any(f"{word}:" in value for word in ("pre", "post", "inv", "raises")) or (
        "post[" in value
    )


def _says_nothing(line: DocLine) -> bool:
    text = line.text.strip()
    return text == "" or text.startswith("#")


def _sections(lines: list[DocLine]) -> Iterator[_Section]:
    at = 0
    while at < len(lines):
        keyword = lines[at]
        match = None if _DOCTEST.match(keyword.text) else _KEYWORD.match(keyword.text)
        start = at = at + 1
        if match is None:
            continue
        indent = len(match["indent"])
        while at < len(lines) and (_says_nothing(lines[at]) or lines[at].indent > indent):
            at += 1
        block = [line for line in lines[start:at] if not _says_nothing(line)]
        if match["text"]:
            block.insert(0, DocLine(" " * match.start("text") + match["text"], keyword.offset))
        frame = match["frame"]
        names = None if frame is None else frozenset(re.findall(r"\w+", frame))
        yield _Section(match["word"], names, tuple(_expressions(block)), keyword)


def _expressions(block: list[DocLine]) -> Iterator[tuple[DocLine, ...]]:
    """The lines of a section, those of one expression together."""
    current: list[DocLine] = []
    for line in block:
        if current and line.indent <= current[0].indent and not _is_open(current):
            yield tuple(current)
            current = []
        current.append(line)
    if current:
        yield tuple(current)


def _is_open(lines: list[DocLine]) -> bool:
    """Whether a bracket of these lines still waits for its partner."""
    code = "\n".join(_QUOTED.sub("", line.text).partition("#")[0] for line in lines)
    return len(_OPENING.findall(code)) > len(_CLOSING.findall(code))


def _read_section(section: _Section, site: ContractSite) -> ContractReading:
    match section.word:
        case "pre":
            return ContractReading(
                tuple(_clause(ClauseKind.REQUIRES, e, site) for e in section.expressions)
            )
        case "post":
            _demand_parameters(section, site)
            return ContractReading(
                tuple(_clause(ClauseKind.ENSURES, e, site) for e in section.expressions)
            )
        case "raises":
            text = " ".join(line.text.strip() for lines in section.expressions for line in lines)
            names = re.split(r"\s*,\s*", text)
            permitted = frozenset(names) if _EXCEPTIONS.match(text) else None
            return ContractReading(raises_only=permitted)
        case _:
            raise refuse(
                "`inv:` states an invariant of a class, not of a function",
                _place((section.line,), site),
                "state it as `pre:` and `post:` of the function",
            )


def _demand_parameters(section: _Section, site: ContractSite) -> None:
    if strangers := (section.frame or frozenset()) - set(site.parameters):
        raise refuse(
            f"`{min(strangers)}` may change, says the contract, but is no parameter",
            _place((section.line,), site),
        )


def _clause(kind: ClauseKind, lines: tuple[DocLine, ...], site: ContractSite) -> ClauseSource:
    place = _place(lines, site)
    known = lines[0].offset is not None
    text = "\n".join(line.text for line in lines).strip()
    if known:
        text = site.syntax.data[place.start : place.end].decode()
    try:
        # Inside brackets, line ends and indentation mean nothing.
        node = read_expression(f"({text}\n)")
        place_at(node, place, text_starts=place.start - 1 if known else None)
        node = rewrite(node, _spell_out)
    except Refusal as refusal:
        if refusal.code == "contract-syntax":
            raise Refusal(refusal.code, refusal.message, place, refusal.help) from refusal
        raise refuse(f"`{text}` is not an expression of the subset", place) from refusal
    if isinstance(node, tree.TupleExpr):
        raise refuse(f"`{text}` is a tuple, not a condition", place, "put each on its own line")
    roles = _ROLES if kind is ClauseKind.ENSURES else {}
    return ClauseSource(
        kind=kind,
        node=node,
        source_text=text,
        origin=Origin.DOCSTRING,
        span=site.syntax.span(place.start, place.end),
        names={name: role for name, role in roles.items() if name not in site.parameters},
    )


def _spell_out(inner: tree.Expr, bound: frozenset[str]) -> tree.Expr | None:
    """PEP 316's `forall(xs, lambda x: c)` is `all(c for x in xs)`, `exists` is `any`."""
    match inner:
        case tree.Call(function=tree.Name(id="forall" | "exists" as name) as function) if (
            name not in bound
        ):
            start, end = inner.start, inner.end
            python_name = "all" if name == "forall" else "any"
            called = tree.Name(function.start, function.end, python_name)
            return tree.Call(start, end, called, (_quantified(inner, bound),), ())
        case _:
            return None


def _quantified(call: tree.Call, bound: frozenset[str]) -> tree.Expr:
    match call.args, call.keywords:
        case (domain,), ():
            return rewrite(domain, _spell_out, bound)
        case (domain, tree.Lambda(params=(tree.Param() as param,), body=body)), ():
            target = tree.Name(param.start, param.end, param.name)
            source = rewrite(domain, _spell_out, bound)
            return tree.Comprehension(
                call.start,
                call.end,
                "generator",
                rewrite(body, _spell_out, bound | {param.name}),
                None,
                (tree.ForClause(param.start, param.end, target, source),),
            )
        case _:
            message = "a quantifier is not of the form `forall(xs, lambda x: condition)`"
            raise refuse(message, call)


def _place(lines: tuple[DocLine, ...], site: ContractSite) -> tree.Tree:
    first, last = lines[0], lines[-1]
    if first.offset is None or last.offset is None:
        return site.function.docstring or site.function
    return tree.Tree(first.offset + first.indent, last.offset + len(last.text.rstrip().encode()))
