r"""The one checker of the IR: it runs on all that a front end returns and after every pass.

A declaration that breaks none of these rules can be interpreted, printed and proved without any
further check; whatever reads IR may rely on them.

Names
 1. A name is an identifier as `str.isidentifier` has it; a function's may be several, joined by
    dots. Functions, types (records and enums together) and constants are each unique in their
    module; so are the fields of a record, the variants of an enum and type parameters.
 2. A type's or type parameter's name is not that of a built-in type, and not each other's.
 3. Parameters, locals, loop variables and binders of a function, its contract included, all have
    different names; so have its labels.
 4. A variable is read only where it is visible, with the type it was declared with: a local to
    the end of its block, a loop variable in the body, a binder where its docstring says. In
    `requires`, `raises` and the function's `decreases` only parameters are visible; in `ensures`
    too. An invariant sees what the loop sees before it starts, and, of a `ForRange`, the variable.
 5. A variable is read only where it was surely assigned. Parameters are. What follows `return`,
    `raise`, `break`, `continue`, or a `while true` that nothing breaks out of, is never reached.
 6. Only parameters and locals are assigned; loop variables and binders are not.

Types
 7. A type that is named is declared, with as many arguments as it has parameters; a type variable
    is a parameter of the declaration; types nest at most `MAX_DEPTH` deep. The type of a function
    occurs only at a lambda. Every record and enum has a value of finite size.
 8. Every node has the type that its place asks for, and claims the type that its parts give it.
    A condition is `Bool`, a message `Str`, a measure an integer.
 9. Every operator is in the catalogue and fits its scheme (`check_application`). `implies` stands
    only in contracts.
10. `And` and `Or` have at least two items; a `MapLit` has as many values as keys; a comprehension
    starts with a generator, and has a key exactly when it builds a map.
11. A literal of a machine type is in its range; a `FloatLit` is the `repr` of its value; a
    `CharLit` is one character; no literal text holds a surrogate.
12. A `Set` is the source of a generator only where a set is built, and never of a `ForEach`.
13. A `Lambda` is an argument of an operator, where the operator's scheme asks for a function.

Calls
14. A call names a function of the module and fits its signature, type parameters bound by
    matching. `Call` names only functions without inout parameters.
15. The inout arguments of a `CallStmt` are distinct variables that may be assigned, and its target
    is none of them.

Control
16. `break` and `continue` stand in a loop, and in the one whose label they name.
17. The end of a body is reached only when the result is `()`.

Contracts and constants
18. `Old` stands only in `ensures` and invariants and not inside itself; `ResultValue` only in
    `ensures`, outside `Old`.
19. A constant's value is closed and refers to earlier constants only; it calls no function. A
    parameter's default is that and built of literals, and an inout parameter has none.

Bounds
20. The nodes of a declaration nest at most `MAX_DEPTH` deep.
"""

from __future__ import annotations

from autoform.ir.wellformed.declarations import require_wellformed, violations
from autoform.ir.wellformed.report import IllFormed, Violation

__all__ = ["IllFormed", "Violation", "require_wellformed", "violations"]
