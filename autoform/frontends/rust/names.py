"""What a path or a method call stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from autoform.frontends.rust import tree
    from autoform.frontends.rust.env import Adt, VariantInfo
    from autoform.frontends.rust.prelude import Signature
    from autoform.frontends.rust.types import Ty


@dataclass(slots=True, eq=False)
class Local:
    """A parameter or a local. `bound` is what lowering makes of it; `const` an inner constant.

    `shared` is the local of the first alternative of an or-pattern, which binds the same name.
    """

    name: str
    ty: Ty
    mutable: bool
    bound: Any = None
    const: tree.ConstItem | None = None
    shared: Local | None = None

    @property
    def own(self) -> Local:
        """The local that is lowered."""
        return self if self.shared is None else self.shared.own


@dataclass(slots=True, eq=False)
class ConstName:
    """A constant of the file, under its name in the IR."""

    name: str
    ty: Ty
    item: tree.ConstItem


@dataclass(slots=True, eq=False)
class FunctionName:
    """A function of the file; `bindings` are type arguments that the path gives."""

    name: str
    signature: Signature
    bindings: dict[str, Ty] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class VariantName:
    """A variant of an enum of the file, or a struct."""

    adt: Adt
    shape: VariantInfo
    bindings: dict[str, Ty] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Builtin:
    """Something of the library: `Some`, `i32::MAX`, `Vec::new`, the method `push`."""

    name: str
    key: str = ""
    signature: Signature | None = None
    bindings: dict[str, Ty] = field(default_factory=dict)
    ty: Ty | None = None


Target: TypeAlias = Local | ConstName | FunctionName | VariantName | Builtin
