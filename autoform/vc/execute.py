"""Symbolic execution of one function into its obligations.

Forward, one pass over the body: a state maps variables to terms under a path condition; facts
learnt on a path are kept as implications in program order; branches meet again in fresh names.
A loop is cut at its head: its invariant is checked on entry, the variables that the body
assigns become arbitrary values that satisfy it, and it is checked again after the body (Floyd,
"Assigning meanings to programs"; Leino, "This is Boogie 2", for the passive form).

Runs on lowered IR: `while` is the only loop. Whatever has no obligation of its own here cannot
fail; whatever cannot be encoded leaves an obligation that is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never, cast

import networkx as nx

from autoform.ir import exprs as ir
from autoform.ir import stmts
from autoform.ir.decls import Function, Module
from autoform.ir.definedness import conditions
from autoform.ir.exprs import Expr, type_of
from autoform.ir.node import Node
from autoform.ir.stmts import Block, Stmt
from autoform.ir.text import print_expr
from autoform.ir.traversal import assigned_names, children, walk
from autoform.ir.types import OptionType, Type
from autoform.source import Span
from autoform.vc.obligation import InvariantId, Kind, Obligation, kind_of_exception
from autoform.vc.smt.encoder import Encoder, Scope
