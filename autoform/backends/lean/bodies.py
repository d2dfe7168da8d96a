"""The bodies of definitions: tail blocks (`autoform.passes.functional`) as lines of Lean.

A function that cannot raise is a term; one that can is a `do` block of `Except Err`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, cast

from autoform.backends.lean.expressions import Printer
from autoform.backends.lean.names import escaped
from autoform.backends.lean.steps import Step
from autoform.backends.lean.terms import BIND, Term, app
from autoform.ir.exprs import Apply, Expr, IntLit, IsVariant, Var, VariantGet, type_of
from autoform.ir.node import Node
from autoform.ir.stmts import Assert, Block, If, Raise, Return, Stmt, VarDecl
from autoform.ir.traversal import children, map_children, walk
from autoform.ir.types import OptionType, ResultType
from autoform.source import Span

INDENT: Final = "  "


@dataclass(frozen=True, slots=True)
class Line:
    """A line of output and where it comes from."""

    text: str
    span: Span

    def indented(self, levels: int = 1) -> Line:
        """The line further to the right."""
        return replace(self, text=INDENT * levels + self.text)


@dataclass(frozen=True, slots=True)
class Split:
    """A test that Lean makes by `match`, so that what is known of the value has a name.

    `yes` and `no` are the patterns; `yes_known` and `no_known` the operators that have a value
    there, and the names of these values.
    """

    variable: str
    yes: str
    no: str
    yes_known: dict[str, str]
    no_known: dict[str, str]


@dataclass(slots=True)
class BodyPrinter:
    """Prints the body of one definition. `raising` says that it is an `Except Err`.

    `raised` is set when something was met that can raise, whatever `raising` says; `hypotheses`
    asks for a name for each condition, for proofs of termination.
    """

    raising: bool
    hypotheses: bool
    raised: bool = False
    depth: list[int] = field(default_factory=lambda: [0])

    def block(self, block: Block, printer: Printer) -> list[Line]:
        """The lines of a tail block."""
        lines: list[Line] = []
        for position, stmt in enumerate(block):
            rest = block[position + 1 :]
            match stmt:
                case VarDecl(value=value) if value is not None:
                    lines += self._declaration(stmt, value, printer)
                case Assert(condition):
                    test = printer.truth(condition).as_bool
                    lines += self._steps(printer, stmt.span)
                    self.raised = True
                    call = app("Py.require", Term("Err.AssertionError"), test)
                    lines.append(Line(f"let _ ← {call.text}", stmt.span))
                case Return(value):
                    return lines + self._end(value, stmt.span, printer)
                case Raise(exception, message):
                    if message is not None:
                        printer.value(message)
                        lines += self._steps(printer, stmt.span)
                    self.raised = True
                    return [*lines, Line(f"Except.error Err.{escaped(exception)}", stmt.span)]
                case If(condition, then, orelse):
                    return lines + self._if(stmt, then, orelse or rest, printer)
                case _:
                    raise AssertionError(f"not in a tail block: {stmt}")
        raise AssertionError("a tail block without an end")

    def _steps(self, printer: Printer, span: Span) -> list[Line]:
        lines = []
        for step in printer.steps:
            self.raised |= step.raises
            lines.append(Line(_let(step), span))
        printer.steps.clear()
        return lines

    def _declaration(self, stmt: VarDecl, value: Expr, printer: Printer) -> list[Line]:
        term = printer.value(value, typed=True)
        name, type_ = printer.local[stmt.name], printer.type(stmt.type)
        last = printer.steps[-1] if printer.steps else None
        if last is not None and last.raises and last.name == term.text:
            printer.steps[-1] = Step(name, last.term, raises=True, type=type_)
        else:
            printer.steps.append(Step(name, term, raises=False, type=type_))
        return self._steps(printer, stmt.span)

    def _end(self, value: Expr, span: Span, printer: Printer) -> list[Line]:
        term = printer.value(value, typed=True)
        last = printer.steps[-1] if printer.steps else None
        if last is not None and last.raises and last.name == term.text:
            printer.steps.pop()
            self.raised = True
            return [*self._steps(printer, span), Line(last.term.text, span)]
        text = app("Except.ok", term).text if self.raising else term.text
        return [*self._steps(printer, span), Line(text, span)]

    def _if(self, stmt: If, then: Block, orelse: Block, printer: Printer) -> list[Line]:
        split = _split(stmt.condition, then, orelse, printer)
        if split is not None:
            return self._match(stmt, split, then, orelse, printer)
        test = printer.truth(stmt.condition).as_prop
        lines = self._steps(printer, stmt.span)
        self.depth[0] += 1
        known = f"h{self.depth[0]} : " if self.hypotheses else ""
        lines.append(Line(f"if {known}{test.text} then", stmt.span))
        lines += [line.indented() for line in self.block(then, printer.inside())]
        other = self.block(orelse, printer.inside())
        if other[0].text.startswith("if "):
            return [*lines, replace(other[0], text=f"else {other[0].text}"), *other[1:]]
        return [*lines, Line("else", stmt.span), *(line.indented() for line in other)]

    def _match(
        self, stmt: If, split: Split, then: Block, orelse: Block, printer: Printer
    ) -> list[Line]:
        subject = printer.local[split.variable]
        lines = [Line(f"match {subject} with", stmt.span)]
        for pattern, known, block in (
            (split.yes, split.yes_known, then),
            (split.no, split.no_known, orelse),
        ):
            inner = printer.inside()
            inner.narrowed.update(((op, split.variable), name) for op, name in known.items())
            lines.append(Line(f"| {pattern} =>", stmt.span))
            lines += [line.indented() for line in self.block(block, inner)]
        return lines


def _let(step: Step) -> str:
    kept = f" : {step.type.text}" if step.type is not None else ""
    if not step.raises:
        return f"let {step.name}{kept} := {step.term.text}"
    # An `if` after the arrow would be one of `do` blocks, not of terms.
    return f"let {step.name}{kept} ← {step.term.at(BIND)}"


def _split(condition: Expr, then: Block, orelse: Block, printer: Printer) -> Split | None:
    """The `match` for a test of an option, a result or an enum whose content is used after."""
    if isinstance(condition, Apply) and condition.op == "not":
        turned = _split(condition.args[0], orelse, then, printer)
        if turned is None:
            return None
        return Split(turned.variable, turned.no, turned.yes, turned.no_known, turned.yes_known)
    match condition:
        case Apply("option.is_some" | "option.is_none" as op, (Var(name) as tested,)):
            return _option(op, name, tested, then, orelse, printer)
        case Apply("result.is_ok", (Var(name) as tested,)):
            return _result(name, tested, then, orelse, printer)
        case IsVariant(Var(name) as tested, variant):
            return _enum(name, tested, variant, then, printer)
        case _:
            return None


def _uses(op: str, name: str, block: Block) -> bool:
    return any(
        isinstance(node, Apply)
        and node.op == op
        and isinstance(node.args[0], Var)
        and node.args[0].name == name
        for node in walk(*block)
    )


def _option(
    op: str, name: str, tested: Var, then: Block, orelse: Block, printer: Printer
) -> Split | None:
    if not isinstance(tested.type, OptionType):
        return None
    some_block = then if op == "option.is_some" else orelse
    if not _uses("option.unwrap", name, some_block):
        return None
    item = printer.local.fresh(f"{printer.local[name]}_")
    known = {"option.unwrap": item}
    if op == "option.is_some":
        return Split(name, f"some {item}", "none", known, {})
    return Split(name, "none", f"some {item}", {}, known)


def _result(name: str, tested: Var, then: Block, orelse: Block, printer: Printer) -> Split | None:
    if not isinstance(tested.type, ResultType):
        return None
    if not (_uses("result.unwrap", name, then) or _uses("result.unwrap_err", name, orelse)):
        return None
    ok, error = printer.local.fresh("ok"), printer.local.fresh("error")
    return Split(
        name,
        f".ok {ok}",
        f".error {error}",
        {"result.unwrap": ok},
        {"result.unwrap_err": error},
    )


def _enum(name: str, tested: Var, variant: str, then: Block, printer: Printer) -> Split | None:
    variants = printer.variants(tested.type)
    used = any(
        isinstance(node, VariantGet) and node.value == tested and node.variant == variant
        for node in walk(*then)
    )
    if not used or len(variants) == 1:
        return None
    items = [printer.local.fresh("item") for _ in range(variants[variant])]
    known = {f"{variant}.{index}": item for index, item in enumerate(items)}
    return Split(name, printer.pattern(tested.type, variant, items), "_", known, {})


@dataclass(frozen=True, slots=True)
class ListRounds:
    """A loop function over the rest of a list: its parameter, the element, and the two cases."""

    rest: str
    element: VarDecl
    stop: Block
    round: Block

    def cases(self, tail: str) -> tuple[Block, Block]:
        """What to do with no element, and with one and the `tail`."""

        def change(node: Node) -> Node:
            if _is_tail(node, self.rest):
                sequence = cast(Apply, node).args[0]
                return Var(tail, type_of(sequence), span=node.span)
            return map_children(node, change)

        return self.stop, tuple(cast(Stmt, change(stmt)) for stmt in self.round)


def list_rounds(body: Block, first: str | None) -> ListRounds | None:
    """The shape that the functional form gives to `for x in xs`, if the body has it exactly.

    `if seq.len(rest) == 0 { … } var x = seq.at(rest, 0); …` where nothing else is asked of `rest`
    but what follows its first element.
    """
    match body:
        case (
            If(Apply("eq", (Apply("seq.len", (Var(rest),)), IntLit(0))), stop, ()),
            VarDecl(_, _, Apply("seq.at", (Var(again), IntLit(0)))) as element,
            *round_,
        ) if rest == again == first:
            block = tuple(round_)
            if any(_mentions(stmt, rest) for stmt in (*stop, *block)):
                return None
            return ListRounds(rest, element, stop, block)
        case _:
            return None


def _is_tail(node: Node, rest: str) -> bool:
    match node:
        case Apply("seq.slice_from", (Var(name), IntLit(1))):
            return name == rest
        case _:
            return False


def _mentions(node: Node, rest: str) -> bool:
    """Whether the list is used as a whole."""
    if _is_tail(node, rest):
        return False
    if isinstance(node, Var):
        return node.name == rest
    return any(_mentions(child, rest) for child in children(node))
