"""Families of functions over lists: accumulators, searches, counts, extrema, new lists."""

from __future__ import annotations

from autoform.corpus.sources.synthetic.draw import Draw
from autoform.corpus.sources.synthetic.program import Program, lines

__all__ = ["SEQUENCES"]

_INTS = "list[int]"


def _loop(d: Draw, xs: str, x: str, inner: str) -> str:
    """A loop over a list, in one of the ways that people write it."""
    body = "\n".join(f"    {line}" for line in inner.split("\n"))
    way = d.number(0, 2)
    if way == 0:
        return f"for {x} in {xs}:\n{body}"
    i = d.index()
    if way == 1:
        return f"for {i} in range(len({xs})):\n    {x} = {xs}[{i}]\n{body}"
    return f"{i} = 0\nwhile {i} < len({xs}):\n    {x} = {xs}[{i}]\n{body}\n    {i} += 1"


def summed(d: Draw) -> Program:
    """A sum, of some of the values perhaps."""
    xs, x, total = d.list_name(), d.element(), d.total()
    limit = d.limit() if d.flip() else None
    term = d.term()
    params = [(xs, _INTS), *([(limit, "int")] if limit else [])]
    if d.flip():
        inner = f"{total} += {term.of(x)}"
        clause = f"result == sum({term.of('e')} for e in {xs})"
        doc = f"The sum of {term.words}."
        params = params[:1]
    else:
        keep = d.condition(limit)
        inner = f"if {keep.of(x)}:\n    {total} += {term.of(x)}"
        clause = f"result == sum({term.of('e')} for e in {xs} if {keep.of('e')})"
        doc = f"The sum of {term.words} that are {keep.words}."
    body = lines(f"{total} = 0", _loop(d, xs, x, inner), f"return {total}")
    return Program("summed", params, "int", doc, body, (), [clause])


def counted(d: Draw) -> Program:
    """A count of the values that meet a condition."""
    xs, x, total = d.list_name(), d.element(), d.total()
    limit = d.limit() if d.flip() else None
    keep = d.condition(limit)
    params = [(xs, _INTS), *([(limit, "int")] if limit else [])]
    body = lines(
        f"{total} = 0", _loop(d, xs, x, f"if {keep.of(x)}:\n    {total} += 1"), f"return {total}"
    )
    ensures = d.pick(
        (
            [f"0 <= result <= len({xs})"],
            [f"result == sum(1 for e in {xs} if {keep.of('e')})"],
            [f"result == len([e for e in {xs} if {keep.of('e')}])"],
        )
    )
    return Program("count", params, "int", f"How many values are {keep.words}.", body, (), ensures)


def searched(d: Draw) -> Program:
    """The first place of a value that meets a condition."""
    xs, i = d.list_name(), d.index()
    limit = d.limit()
    keep = d.condition(limit)
    params = [(xs, _INTS), (limit, "int")]
    if d.flip():
        loop = f"for {i} in range(len({xs})):\n    if {keep.of(f'{xs}[{i}]')}:\n        return {i}"
    else:
        loop = (
            f"{i} = 0\nwhile {i} < len({xs}):\n    if {keep.of(f'{xs}[{i}]')}:\n"
            f"        return {i}\n    {i} += 1"
        )
    ensures = [
        f"result == -1 or (0 <= result < len({xs}) and ({keep.of(f'{xs}[result]')}))",
        f"result != -1 or all(not ({keep.of('e')}) for e in {xs})",
    ]
    return Program(
        "find",
        params,
        "int",
        f"Where the first value {keep.words} is, or -1.",
        lines(loop, "return -1"),
        (),
        ensures[: d.number(1, 2)],
    )


def first_or_none(d: Draw) -> Program:
    """The first value that meets a condition, if there is one."""
    xs, x = d.list_name(), d.element()
    keep = d.condition()
    body = lines(f"for {x} in {xs}:\n    if {keep.of(x)}:\n        return {x}", "return None")
    ensures = [f"result is not None or all(not ({keep.of('e')}) for e in {xs})"]
    return Program(
        "first",
        [(xs, _INTS)],
        "int | None",
        f"The first value {keep.words}, if any.",
        body,
        (),
        ensures,
    )


def every_or_some(d: Draw) -> Program:
    """Whether all or some values meet a condition."""
    xs, x = d.list_name(), d.element()
    keep = d.condition()
    every = d.flip()
    word = "all" if every else "any"
    if d.number(0, 2) == 0:
        body = f"return {word}({keep.of(x)} for {x} in {xs})"
    elif every:
        body = lines(
            f"for {x} in {xs}:\n    if not ({keep.of(x)}):\n        return False", "return True"
        )
    else:
        body = lines(f"for {x} in {xs}:\n    if {keep.of(x)}:\n        return True", "return False")
    doc = f"Whether {'every value' if every else 'some value'} is {keep.words}."
    return Program(
        "holds",
        [(xs, _INTS)],
        "bool",
        doc,
        body,
        (),
        [f"result == {word}({keep.of('e')} for e in {xs})"],
    )


def extremum(d: Draw) -> Program:
    """The greatest or least value, or its place."""
    xs, x, best = d.list_name(), d.element(), d.total()
    most = d.flip()
    sign, word = (">", "greatest") if most else ("<", "least")
    if d.flip():
        body = lines(
            f"{best} = {xs}[0]",
            _loop(d, xs, x, f"if {x} {sign} {best}:\n    {best} = {x}"),
            f"return {best}",
        )
        ensures = [f"all(result {sign}= e for e in {xs})", f"result in {xs}"]
        name = word
    else:
        i = d.index()
        body = lines(
            f"{best} = 0",
            f"for {i} in range(1, len({xs})):\n    if {xs}[{i}] {sign} {xs}[{best}]:\n"
            f"        {best} = {i}",
            f"return {best}",
        )
        ensures = [f"0 <= result < len({xs})", f"all({xs}[result] {sign}= e for e in {xs})"]
        name = f"{word}_place"
    if d.number(0, 2) == 0:
        body = f'if not {xs}:\n    raise ValueError("nothing to choose from")\n{body}'
        return Program(
            name, [(xs, _INTS)], "int", f"The {word} value.", body, (), ensures[: d.number(1, 2)]
        )
    return Program(
        name,
        [(xs, _INTS)],
        "int",
        f"The {word} value.",
        body,
        [f"len({xs}) > 0"],
        ensures[: d.number(1, 2)],
    )


def mapped(d: Draw) -> Program:
    """A list of what the values become."""
    xs, x, out = d.list_name(), d.element(), d.total()
    term = d.term()
    if d.number(0, 2) == 0:
        body = f"return [{term.of(x)} for {x} in {xs}]"
    else:
        body = lines(
            f"{out}: list[int] = []",
            _loop(d, xs, x, f"{out}.append({term.of(x)})"),
            f"return {out}",
        )
    ensures = [
        f"len(result) == len({xs})",
        f"all(result[p] == {term.of(f'{xs}[p]')} for p in range(len({xs})))",
    ]
    return Program(
        "mapped",
        [(xs, _INTS)],
        _INTS,
        f"A list of {term.words}.",
        body,
        (),
        ensures[: d.number(1, 2)],
    )


def filtered(d: Draw) -> Program:
    """The values that meet a condition, in their order."""
    xs, x, out = d.list_name(), d.element(), d.total()
    keep = d.condition()
    if d.number(0, 2) == 0:
        body = f"return [{x} for {x} in {xs} if {keep.of(x)}]"
    else:
        body = lines(
            f"{out}: list[int] = []",
            _loop(d, xs, x, f"if {keep.of(x)}:\n    {out}.append({x})"),
            f"return {out}",
        )
    ensures = [f"all({keep.of('e')} for e in result)", f"len(result) <= len({xs})"]
    return Program(
        "kept",
        [(xs, _INTS)],
        _INTS,
        f"The values that are {keep.words}.",
        body,
        (),
        ensures[: d.number(1, 2)],
    )


def prefixes(d: Draw) -> Program:
    """Running totals or extrema."""
    xs, x = d.list_name(), d.element()
    step, word, start = d.pick(
        (
            (f"so_far += {x}", "sums", "0"),
            (f"so_far = max(so_far, {x})", "maxima", "0"),
            (f"so_far -= {x}", "differences", "0"),
        )
    )
    body = lines(
        f"so_far = {start}",
        "out: list[int] = []",
        f"for {x} in {xs}:\n    {step}\n    out.append(so_far)",
        "return out",
    )
    return Program(
        "running", [(xs, _INTS)], _INTS, f"Running {word}.", body, (), [f"len(result) == len({xs})"]
    )


def paired(d: Draw) -> Program:
    """Something of two lists of one length."""
    a, b, i = d.list_name(), d.list_name(), d.index()
    total = d.total()
    op = d.pick(("+", "-", "*"))
    requires = [f"len({a}) == len({b})"]
    if d.flip():
        body = lines(
            f"{total} = 0",
            f"for {i} in range(len({a})):\n    {total} += {a}[{i}] {op} {b}[{i}]",
            f"return {total}",
        )
        ensures = [f"result == sum({a}[p] {op} {b}[p] for p in range(len({a})))"]
        return Program(
            "combined",
            [(a, _INTS), (b, _INTS)],
            "int",
            "A sum over pairs.",
            body,
            requires,
            ensures,
        )
    body = lines(
        "out: list[int] = []",
        f"for {i} in range(len({a})):\n    out.append({a}[{i}] {op} {b}[{i}])",
        "return out",
    )
    ensures = [
        f"len(result) == len({a})",
        f"all(result[p] == {a}[p] {op} {b}[p] for p in range(len({a})))",
    ]
    return Program(
        "pairwise", [(a, _INTS), (b, _INTS)], _INTS, "Pair by pair.", body, requires, ensures
    )


def ordered(d: Draw) -> Program:
    """Whether neighbours stand in an order."""
    xs, i = d.list_name(), d.index()
    sign = d.pick(("<=", "<", ">=", ">"))
    stop = {"<=": ">", "<": ">=", ">=": "<", ">": "<="}[sign]
    body = lines(
        f"for {i} in range(len({xs}) - 1):\n    if {xs}[{i}] {stop} {xs}[{i} + 1]:\n"
        "        return False",
        "return True",
    )
    ensures = [f"result == all({xs}[p] {sign} {xs}[p + 1] for p in range(len({xs}) - 1))"]
    return Program(
        "is_ordered",
        [(xs, _INTS)],
        "bool",
        f"Whether each is `{sign}` the next.",
        body,
        (),
        ensures,
    )


SEQUENCES = (
    summed,
    counted,
    searched,
    first_or_none,
    every_or_some,
    extremum,
    mapped,
    filtered,
    prefixes,
    paired,
    ordered,
)
