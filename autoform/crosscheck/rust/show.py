"""Values as Rust source: what a user pastes into a test."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from autoform.crosscheck.rust.hosts import UNKNOWN, Host, parse_host
from autoform.crosscheck.rust.regions import Declared
from autoform.ir.types import MachineIntType
from autoform.semantics.values import (
    Err,
    MapValue,
    NoneValue,
    Ok,
    RecordValue,
    Some,
    Value,
    VariantValue,
)

__all__ = ["Shower", "suffixed"]

_REFERENCES: Final = frozenset({"&", "&mut"})
_BARE: Final = frozenset({"[]", "array"})
_ESCAPES: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", "\0": "\\0"}


@dataclass(frozen=True, slots=True)
class Shower:
    """Writes values; `shapes` tell how the file writes its structs and variants."""

    shapes: Mapping[str, Declared]

    def show(self, value: Value, host: Host) -> str:  # noqa: C901 - one case per kind of value
        """The Rust expression of a value of that host type."""
        if host.name in _REFERENCES:
            return self._borrowed(value, host)
        if host.name == "Box":
            return f"Box::new({self.show(value, host.arg(0))})"
        match value:
            case bool():
                return "true" if value else "false"
            case int():
                return str(value)
            case float():
                return _float(value)
            case str():
                return _char(value) if host.name == "char" else f"{_text(value)}.to_string()"
            case tuple():
                return self._row(value, host)
            case frozenset():
                name = host.name if host.name.endswith("Set") else "BTreeSet"
                items = self._joined(sorted(value, key=repr), host.arg(0))
                return f"std::collections::{name}::from([{items}])"
            case MapValue():
                name = host.name if host.name.endswith("Map") else "BTreeMap"
                pairs = ", ".join(
                    f"({self.show(k, host.arg(0))}, {self.show(v, host.arg(1))})"
                    for k, v in value.items()
                )
                return f"std::collections::{name}::from([{pairs}])"
            case NoneValue():
                return "None"
            case Some(inner):
                return f"Some({self.show(inner, host.arg(0))})"
            case Ok(inner):
                return f"Ok({self.show(inner, host.arg(0))})"
            case Err(inner):
                return f"Err({self.show(inner, host.arg(1))})"
            case RecordValue(name, fields):
                return self._built(name, name, fields)
            case VariantValue(name, variant, items):
                return self._built(f"{name}::{variant}", f"{name}::{variant}", items)

    def _borrowed(self, value: Value, host: Host) -> str:
        """`&[1]`, `"text"`, `&mut vec![1]`."""
        target, mark = host.arg(0), "&mut " if host.name == "&mut" else "&"
        if host.name == "&" and target.name == "str" and isinstance(value, str):
            return _text(value)
        return mark + self.show(value, target)

    def _row(self, value: tuple[Value, ...], host: Host) -> str:
        if host.name == "()":
            items = [self.show(item, host.arg(place)) for place, item in enumerate(value)]
            return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
        items_text = self._joined(value, host.arg(0))
        if host.name in _BARE:
            return f"[{items_text}]"
        if host.name in ("VecDeque", "LinkedList"):
            return f"std::collections::{host.name}::from([{items_text}])"
        return f"vec![{items_text}]"

    def _joined(self, values: Sequence[Value], host: Host) -> str:
        return ", ".join(self.show(value, host) for value in values)

    def _built(self, key: str, path: str, parts: tuple[Value, ...]) -> str:
        declared = self.shapes.get(key, Declared((), ()))
        types = [parse_host(text) for text in declared.types]
        hosts = types if len(types) == len(parts) else [UNKNOWN] * len(parts)
        shown = [self.show(part, host) for part, host in zip(parts, hosts, strict=True)]
        if not parts:
            return path
        if len(declared.fields) == len(parts):
            named = (f"{name}: {text}" for name, text in zip(declared.fields, shown, strict=True))
            return f"{path} {{ {', '.join(named)} }}"
        return f"{path}({', '.join(shown)})"


def suffixed(value: int, type_: MachineIntType) -> str:
    """An argument that stands alone: `3_i64`, `i64::MIN`."""
    if value == type_.maximum:
        return f"{type_.name}::MAX"
    if value == type_.minimum and type_.signed:
        return f"{type_.name}::MIN"
    return f"{value}_{type_.name}"


def _float(value: float) -> str:
    if math.isnan(value):
        return "f64::NAN"
    if math.isinf(value):
        return "f64::INFINITY" if value > 0 else "f64::NEG_INFINITY"
    return repr(value)


def _text(value: str) -> str:
    return '"' + "".join(_letter(letter, '"') for letter in value) + '"'


def _char(value: str) -> str:
    return "'" + _letter(value, "'") + "'"


def _letter(letter: str, quote: str) -> str:
    if letter == quote:
        return "\\" + letter
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    return letter if letter.isprintable() else f"\\u{{{ord(letter):x}}}"
