"""placeholder"""
from __future__ import annotations
from autoform.ir.decls import Function
from autoform.specify.candidate import Candidate
def readings(function: Function) -> list[Candidate]:
    return []
