"""How much of real Rust lifts, and how fast: `python -m tests.bench.lift_rust`.

Counted are free functions and methods that look pure: no output, no outside world, no `unsafe`,
no `async`, no `static mut`. Tests are not counted. With `--dafny`, what lifted is printed and
resolved by the Dafny that is installed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal

from autoform.backends.emit import emit
from autoform.backends.emitted import Emitted
from autoform.frontends import Lifted, lift
from autoform.frontends.syntax import Node, SyntaxTree, parse
from autoform.ir.decls import Assumption
from autoform.source import SourceFile
from autoform.verifiers.dafny import find_dafny
from tests.bench.accept import rejected_by_dafny
from tests.bench.corpora import MissingDataError, find_data

FILE: Final = "thealgorithms_rust.jsonl"
_OUTPUT: Final = frozenset({"println", "print", "eprintln", "eprint", "dbg", "write", "writeln"})
_OUTSIDE: Final = frozenset(
    {"rand", "fs", "io", "env", "process", "thread", "Instant", "SystemTime"}
)


@dataclass(slots=True)
class Counted:
    """The functions of one file, and what became of them."""

    name: str
    free: list[str] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    functions: int = 0
    lifted: set[str] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)
    incomplete: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)


def main() -> int:
    """Measure and print a table, or one JSON document."""
    options = _arguments()
    try:
        folder = find_data(options.data)
    except MissingDataError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sources = list(_sources(folder / FILE, options.limit))
    report = _report([_count(source) for source in sources], sources)
    if options.dafny:
        report["dafny"] = _accepted(sources)
    if options.json:
        json.dump(report, sys.stdout, indent=2)
    else:
        sys.stdout.write("\n".join(_table(report)))
    sys.stdout.write("\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.lift_rust", description=__doc__)
    parser.add_argument("--data", help="folder of the .jsonl files")
    parser.add_argument("--limit", type=int, help="only the first files")
    parser.add_argument("--dafny", action="store_true", help="resolve what is printed")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _sources(path: Path, limit: int | None) -> Iterator[SourceFile]:
    with path.open(encoding="utf-8") as lines:
        for line in islice(lines, limit):
            row: dict[str, Any] = json.loads(line)
            yield SourceFile(row["id"], row["source"])


def _count(source: SourceFile) -> Counted:
    found = Counted(source.path)
    tree = parse(source, "rust")
    for name, node, is_method in _functions(tree, tree.root, ""):
        found.functions += 1
        if _is_pure(tree, node):
            (found.methods if is_method else found.free).append(name)
    try:
        lifted = lift(source)
    except Exception as error:  # noqa: BLE001 - a crash is what is being looked for
        found.crashes.append(f"{source.path}: {type(error).__name__}: {error}")
        return found
    found.lifted = {function.name for function in lifted.module.functions}
    for name in (*found.free, *found.methods):
        if name not in found.lifted:
            _note_refusal(found, lifted, name)
    return found


def _note_refusal(found: Counted, lifted: Lifted, name: str) -> None:
    diagnostics = lifted.refused.get(name, ())
    found.codes[name] = diagnostics[0].code if diagnostics else "(nothing said)"
    if not diagnostics or not all(d.code and d.span.known and d.help for d in diagnostics):
        found.incomplete.append(f"{found.name}::{name}")
    if any(d.code == "internal-error" for d in diagnostics):
        found.crashes.append(f"{found.name}::{name}: {diagnostics[0].message}")


def _functions(tree: SyntaxTree, node: Node, owner: str) -> Iterator[tuple[str, Node, bool]]:
    """Functions at top level and in `impl`s and traits, tests left out."""
    is_test = False
    for child in node.named_children:
        if child.type == "attribute_item":
            text = "".join(tree.text(child).split())
            is_test = is_test or text in {"#[test]", "#[cfg(test)]", "#[bench]"}
            continue
        if child.type in {"line_comment", "block_comment"}:
            continue
        skipped, is_test = is_test, False
        if skipped:
            continue
        name = child.child_by_field_name("name")
        body = child.child_by_field_name("body")
        if child.type == "function_item" and name is not None:
            yield f"{owner}{tree.text(name)}", child, bool(owner)
        elif child.type in {"impl_item", "trait_item"} and body is not None:
            named = name or child.child_by_field_name("type")
            assert named is not None
            while (inner := named.child_by_field_name("type")) is not None:
                named = inner
            yield from _functions(tree, body, f"{tree.text(named)}.")


def _is_pure(tree: SyntaxTree, function: Node) -> bool:
    pending = [function]
    while pending:
        node = pending.pop()
        if node.type in {"unsafe_block", "async_block", "await_expression", "pointer_type"}:
            return False
        if node.type == "function_modifiers" and {"unsafe", "async"} & set(tree.text(node).split()):
            return False
        if node.type == "macro_invocation":
            named = node.child_by_field_name("macro")
            if named is not None and tree.text(named) in _OUTPUT:
                return False
        if node.type == "identifier" and tree.text(node) in _OUTSIDE:
            return False
        pending.extend(node.children)
    return True


def _report(counted: list[Counted], sources: list[SourceFile]) -> dict[str, Any]:
    free = [(each, name) for each in counted for name in each.free]
    methods = [(each, name) for each in counted for name in each.methods]
    functions = sum(each.functions for each in counted)
    codes = Counter(code for each in counted for code in each.codes.values())
    return {
        "files": len(counted),
        "functions": functions,
        "pure free": _share(free),
        "pure all": _share([*free, *methods]),
        "refused": dict(codes.most_common()),
        "crashes": [text for each in counted for text in each.crashes],
        "without code, line or hint": [text for each in counted for text in each.incomplete],
        "functions/s": {
            "lift": _speed(functions, lift, sources),
            "lift and emit": _speed(functions, lambda source: _emitted(source, 4), sources),
            "tree-sitter": _speed(functions, lambda source: parse(source, "rust"), sources),
        },
    }


def _emitted(source: SourceFile, dialect: Literal[2, 4]) -> Emitted:
    allowed = frozenset({Assumption.FLOAT_AS_REAL})
    return emit(lift(source).module, "dafny", dialect=dialect, allow=allowed)


def _accepted(sources: list[SourceFile]) -> dict[str, Any]:
    """Of the functions that were printed, those in files that the resolver takes as a whole."""
    tool = find_dafny()
    if tool is None:
        return {"functions": None, "reason": "Dafny is not installed"}
    printed = {source.path: _emitted(source, tool.dialect) for source in sources}
    texts = [(path, emitted.text) for path, emitted in printed.items() if emitted.names]
    rejected = rejected_by_dafny(tool, texts)
    return {
        "by": f"Dafny {tool.version}",
        "functions": sum(len(emitted.names) for emitted in printed.values()),
        "accepted": sum(len(e.names) for path, e in printed.items() if path not in rejected),
        "rejected": rejected,
        "not printed": dict(
            Counter(found.code for e in printed.values() for found in e.diagnostics).most_common()
        ),
    }


def _share(names: list[tuple[Counted, str]]) -> dict[str, Any]:
    lifted = sum(name in each.lifted for each, name in names)
    share = round(100 * lifted / len(names), 1) if names else None
    return {"functions": len(names), "lifted": lifted, "share": share}


def _speed(
    functions: int, work: Callable[[SourceFile], object], sources: list[SourceFile]
) -> int | None:
    """Functions a second of CPU time; what is made once is made before."""
    if sources:
        work(sources[0])
    start = time.process_time()
    for source in sources:
        work(source)
    seconds = time.process_time() - start
    return round(functions / seconds) if seconds else None


def _table(report: dict[str, Any]) -> Iterator[str]:
    yield f"{report['files']} files, {report['functions']} functions"
    for key in ("pure free", "pure all"):
        found = report[key]
        yield f"{key}: {found['lifted']} of {found['functions']} lifted ({found['share']} %)"
    yield "refused: " + ", ".join(f"{code} {count}" for code, count in report["refused"].items())
    yield "functions/s: " + ", ".join(f"{k} {v}" for k, v in report["functions/s"].items())
    if (found := report.get("dafny")) is not None:
        yield "dafny: " + ", ".join(f"{key} {value}" for key, value in found.items())
    for key in ("crashes", "without code, line or hint"):
        yield f"{key}: {len(report[key])}"
        yield from (f"   {text}" for text in report[key][:50])


if __name__ == "__main__":
    sys.exit(main())
