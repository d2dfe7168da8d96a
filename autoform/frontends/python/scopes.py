"""Names: which binding each name of a function means, and which bindings are one variable.

One walk in the order of execution. A read finds the binding that reaches it; where several
reach it (after a branch, at the head of a loop) it finds a `Binding` that stands for all of them,
and only if it is read do they become one variable. So a name that is reused for something else
becomes another variable, with a type of its own, exactly as far as no read can tell.

    n = 12          # n
    n = str(n)      # n_2: no read sees both
    for c in n: …
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from autoform.frontends.python import tree
from autoform.frontends.python.bindings import UNBOUND, Binding, Block
from autoform.frontends.python.bound_names import BoundNames, children
from autoform.frontends.python.refusal import Refusal

_Env: TypeAlias = dict[str, Binding]


@dataclass(slots=True, eq=False)
class _Loop:
    heads: _Env = field(default_factory=dict)
    at_continue: list[_Env] = field(default_factory=list)
    at_break: list[_Env] = field(default_factory=list)


class Scope:
    """The names of one function. `refs` maps each local `tree.Name` and parameter to its binding.

    A name that is not in `refs` belongs to the module or is a builtin. An augmented assignment
    reads the binding in `refs` and makes the one in `rebinds`. `captures` are variables of the
    enclosing function that this one reads. `capture_reads` maps a name that means a nested
    function to the bindings of its captures at that point. `lengths` says how many statements of
    a body can be reached.
    """

    def __init__(self, function: tree.FunctionDef, parent: Scope | None = None) -> None:
        """Resolve every name of the function. Raises `Refusal`."""
        self.function = function
        self.parent = parent
        self._bound = BoundNames(function)
        self.locals = self._bound.all
        self.refs: dict[tree.Tree, Binding] = {}
        self.captures: dict[str, Binding] = {}
        self.capture_reads: dict[tree.Name, dict[str, Binding]] = {}
        self.nested: dict[tree.Tree, Scope] = {}
        self.globals: dict[str, tree.Name] = {}
        self.imports: dict[Binding, tree.Import] = {}
        self.rebinds: dict[tree.Tree, Binding] = {}
        self.lengths: dict[int, int] = {}
        self.blocks: dict[int, Block] = {}
        self.top = Block()
        self._block = self.top
        self._env: _Env = {}
        self._dead = False
        self._loops: list[_Loop] = []
        self._accesses: list[tuple[Binding, Block, tree.Tree]] = []
        self._merges: list[Binding] = []
        self._order: list[Binding] = []
        self._in_progress: dict[str, Scope] = {}
        self._homes: dict[Block, list[Binding]] = {}
        self._walk()

    def _walk(self) -> None:
        for param in self.function.params:
            binding = self._bind(param.name, param)
            binding.is_param = True
        self._body(self.function.body, self.top)
        self._unite()

    def import_of(self, name: tree.Name) -> tree.Import | None:
        """The import that a local name surely comes from."""
        return self.imports.get(self.refs[name])

    def bound_in(self, loop: tree.For | tree.While) -> frozenset[str]:
        """The names that a loop binds."""
        return self._bound.of_loop[loop]

    def block_of(self, body: tree.Body) -> Block:
        """The block of a non-empty body."""
        return self.blocks[id(body)]

    def variables_at(self, block: Block) -> list[Binding]:
        """The variables whose home is the block but which are first assigned deeper inside."""
        return self._homes.get(block, [])

    # Bindings and reads.

    def _bind(self, name: str, node: tree.Tree) -> Binding:
        binding = Binding(name, self._block)
        self._order.append(binding)
        self.refs[node] = self._env[name] = binding
        self._accesses.append((binding, self._block, node))
        return binding

    def _read(self, node: tree.Name) -> None:
        binding = self.lookup(node.id)
        if binding is None:
            self.globals.setdefault(node.id, node)
            return
        if binding.function is not None:
            self.refs[node] = binding
            self._read_captures(node, binding.function)
            return
        self._use(binding, node)

    def _use(self, binding: Binding, node: tree.Tree) -> None:
        if binding.function is not None:
            raise Refusal("higher-order-value", "a nested function is used as a value", node)
        binding.read = True
        self.refs[node] = binding
        self._accesses.append((binding, self._block, node))

    def lookup(self, name: str) -> Binding | None:
        """The binding a read of the name finds now; `None` for names of the module."""
        if name in self._env:
            return self._env[name]
        if name in self.locals:
            return self._function_in_progress(name) or UNBOUND
        return self.capture(name)

    def _function_in_progress(self, name: str) -> Binding | None:
        inner = self._in_progress.get(name)
        return None if inner is None else Binding(name, self._block, function=inner)

    def capture(self, name: str) -> Binding | None:
        """The binding of a name that belongs to an enclosing function."""
        if name in self.captures:
            return self.captures[name]
        outer = self.parent
        if outer is None:
            return None
        if name not in outer.locals and outer.capture(name) is None:
            return None
        found = outer.lookup(name) if name in outer.locals else None
        if found is not None and found.function is not None:
            return found
        self.captures[name] = Binding(name, self.top)
        self._order.append(self.captures[name])
        return self.captures[name]

    def _read_captures(self, node: tree.Name, function: Scope) -> None:
        """A nested function is named: what it captures is read here, as it is now."""
        reads: dict[str, Binding] = {}
        if function is not self:
            for name in function.captures:
                binding = self.lookup(name)
                if binding is None or binding is UNBOUND:
                    message = f"`{name}` may be unbound when `{node.id}` is called"
                    raise Refusal("possibly-unbound", message, node)
                if binding.function is not None:
                    continue
                binding.read = True
                reads[name] = binding
                self._accesses.append((binding, self._block, node))
        self.capture_reads[node] = reads

    # Statements.

    def _body(self, body: tree.Body, block: Block) -> None:
        if not body:
            return
        outer, self._block = self._block, block
        self.blocks[id(body)] = block
        reached = 0
        for statement in body:
            self._statement(statement)
            reached += 1
            if self._dead:
                break
        self.lengths[id(body)] = reached
        self._block = outer

    def _statement(self, node: tree.Stmt) -> None:  # noqa: C901 - one case per statement
        match node:
            case tree.Assign():
                self._assign(node)
            case tree.ExprStmt(value=value):
                self._expr(value)
            case tree.If():
                self._if(node)
            case tree.Return(value=value):
                self._exprs(value)
                self._dead = True
            case tree.For():
                self._for(node)
            case tree.While():
                self._while(node)
            case tree.AugAssign(target=target, value=value):
                # The target is read before the value is evaluated, and bound after.
                self._expr(target)
                self._expr(value)
                if isinstance(target, tree.Name):
                    self._rebind(target)
            case tree.AnnAssign(target=target, value=value):
                if value is not None:
                    self._expr(value)
                    self._target(target)
            case tree.Raise(exception=exception, cause=cause):
                self._exprs(exception, cause)
                self._dead = True
            case tree.Assert(condition=condition, message=message):
                self._exprs(condition, message)
            case tree.Break():
                self._leave(node).at_break.append(self._env)
            case tree.Continue():
                self._leave(node).at_continue.append(self._env)
            case tree.Delete(targets=targets):
                self._exprs(*targets)
            case tree.FunctionDef():
                self._nested(node.name, node, node)
            case tree.Import(bound=bound):
                self.imports[self._bind(bound, node)] = node
            case tree.Pass():
                pass

    def _assign(self, node: tree.Assign) -> None:
        only, *others = node.targets
        if isinstance(node.value, tree.Lambda) and isinstance(only, tree.Name) and not others:
            self._nested(only.id, node, named_lambda(node, only.id, node.value))
            return
        self._expr(node.value)
        for target in node.targets:
            self._target(target)

    def _rebind(self, target: tree.Name) -> None:
        """The second half of `x += e`: `refs` keeps the read, `rebinds` has the new binding."""
        read = self.refs.get(target)
        binding = self._bind(target.id, target)
        if read is not None:
            self.refs[target] = read
        self.rebinds[target] = binding

    def _target(self, target: tree.Expr) -> None:
        match target:
            case tree.Name():
                self._bind(target.id, target)
            case tree.TupleExpr(items=items) | tree.ListExpr(items=items):
                for item in items:
                    self._target(item)
            case _:
                self._expr(target)

    def _nested(self, name: str, node: tree.Tree, function: tree.FunctionDef) -> None:
        if name in self._env or self._loops:
            message = f"`{name}` is defined more than once"
            raise Refusal("late-binding-closure", message, node)
        for param in function.params:
            self._exprs(param.default)
        inner = Scope.__new__(Scope)
        self._in_progress[name] = inner
        inner.__init__(function, self)  # type: ignore[misc] # it must be known while it is made
        del self._in_progress[name]
        self.nested[node] = inner
        self._env[name] = Binding(name, self._block, function=inner)

    def _branch(self, body: tree.Body, env: _Env, block: Block | None = None) -> _Env | None:
        """Walk a body from a given state; the state at its end if that can be reached."""
        self._env, self._dead = env, False
        self._body(body, block or self._block.child())
        ended, self._dead = self._dead, False
        return None if ended else self._env

    def _continue_from(self, *ends: _Env | None) -> None:
        """Go on from whichever of the states can be reached."""
        alive = [end for end in ends if end is not None]
        self._dead = not alive
        if alive:
            self._env = self._join(alive)

    def _if(self, node: tree.If) -> None:
        when_true, when_false = self._condition(node.condition)
        then = self._branch(node.then, when_true)
        self._continue_from(then, self._branch(node.orelse, when_false))

    def _while(self, node: tree.While) -> None:
        loop = self._enter_loop(node)
        outer, self._block = self._block, self._block.child()
        self._env, when_false = self._condition(node.condition)
        self._block = outer
        forever = isinstance(node.condition, tree.Bool) and node.condition.value
        exhausted = None if forever else when_false
        self._finish_loop(node, loop, exhausted, self._block.child())

    def _for(self, node: tree.For) -> None:
        self._expr(node.source)
        loop = self._enter_loop(node)
        exhausted = dict(self._env)
        outer, self._block = self._block, self._block.child()
        self._target(node.target)
        body, self._block = self._block, outer
        self._finish_loop(node, loop, exhausted, body)

    def _enter_loop(self, node: tree.For | tree.While) -> _Loop:
        """Names assigned in the loop may come from before it or from its last round."""
        loop = _Loop()
        for name in self._bound.of_loop[node]:
            merged = Binding(name, self._block, sources=[self._env.get(name, UNBOUND)])
            self._env[name] = loop.heads[name] = merged
            self._merges.append(merged)
        self._loops.append(loop)
        return loop

    def _finish_loop(
        self, node: tree.For | tree.While, loop: _Loop, exhausted: _Env | None, block: Block
    ) -> None:
        end = self._branch(node.body, self._env, block)
        self._loops.pop()
        for state in (end, *loop.at_continue):
            for name, merged in loop.heads.items() if state is not None else ():
                last = UNBOUND if state is None else state.get(name, UNBOUND)
                if last is not merged:
                    merged.reached.append(last)
        after = None if exhausted is None else self._branch(node.orelse, exhausted)
        self._continue_from(after, *loop.at_break)

    def _leave(self, node: tree.Stmt) -> _Loop:
        if not self._loops:
            raise Refusal("syntax-error", "this stands outside a loop", node)
        self._dead = True
        return self._loops[-1]

    def _join(self, alive: list[_Env]) -> _Env:
        first, *rest = alive
        if not rest:
            return first
        joined: _Env = {}
        for name in {name: None for state in alive for name in state}:
            found = {id(b): b for state in alive for b in (state.get(name, UNBOUND),)}
            if len(found) == 1:
                joined[name] = first[name]
            elif any(b.function is not None for b in found.values()):
                continue
            else:
                merged = Binding(name, self._block, sources=list(found.values()))
                self._merges.append(merged)
                joined[name] = merged
        return joined

    # Expressions.

    def _exprs(self, *nodes: tree.Expr | None) -> None:
        for node in nodes:
            if node is not None:
                self._expr(node)

    def _expr(self, node: tree.Expr) -> None:
        if isinstance(node, tree.Name):
            self._read(node)
        elif isinstance(node, tree.Comprehension):
            self._comprehension(node)
        elif isinstance(node, tree.Lambda):
            self._lambda(node)
        elif self.function.walrus and isinstance(node, tree.BoolOp | tree.Conditional):
            self._short_circuit(node)
        elif isinstance(node, tree.Walrus):
            self._expr(node.value)
            outer, self._block = self._block, self._block.child()
            self._bind(node.target.id, node.target)
            self._block = outer
        else:
            for child in children(node):
                self._expr(child)

    def _short_circuit(self, node: tree.BoolOp | tree.Conditional) -> None:
        """What is bound by `:=` in an operand that may be skipped is bound only perhaps."""
        if isinstance(node, tree.Conditional):
            self._expr(node.condition)
            before = dict(self._env)
            self._expr(node.then)
            then, self._env = self._env, before
            self._expr(node.orelse)
            self._env = self._join([then, self._env])
            return
        self._expr(node.operands[0])
        for operand in node.operands[1:]:
            before = dict(self._env)
            self._expr(operand)
            self._env = self._join([self._env, before])

    def _condition(self, node: tree.Expr) -> tuple[_Env, _Env]:
        """The states behind a condition when it is true and when it is false."""
        if not self.function.walrus or not isinstance(node, tree.BoolOp | tree.Unary):
            self._expr(node)
            return self._env, dict(self._env)
        if isinstance(node, tree.Unary):
            when_true, when_false = self._condition(node.operand)
            return (when_false, when_true) if node.op == "not" else (when_true, when_false)
        decided: list[_Env] = []
        going_on = self._env
        for operand in node.operands:
            self._env = going_on
            when_true, when_false = self._condition(operand)
            if node.op == "and":
                going_on = when_true
                decided.append(when_false)
            else:
                going_on = when_false
                decided.append(when_true)
        early = self._join(decided)
        return (going_on, early) if node.op == "and" else (early, going_on)

    def _comprehension(self, node: tree.Comprehension) -> None:
        """Targets are visible inside only; the first source is evaluated outside."""
        env = self._env
        hidden: dict[str, Binding | None] = {}
        for clause in node.clauses:
            if isinstance(clause, tree.IfClause):
                self._expr(clause.condition)
                continue
            self._expr(clause.source)
            for name in _names(clause.target):
                hidden.setdefault(name.id, env.get(name.id))
            self._target_inside(clause.target, env)
        if node.key is not None:
            self._expr(node.key)
        self._expr(node.element)
        _restore(env, hidden)

    def _lambda(self, node: tree.Lambda) -> None:
        env = self._env
        hidden = {param.name: env.get(param.name) for param in node.params}
        for param in node.params:
            self._bind_inside(param.name, param, env)
        self._expr(node.body)
        _restore(env, hidden)

    def _target_inside(self, target: tree.Expr, env: _Env) -> None:
        for name in _names(target):
            self._bind_inside(name.id, name, env)

    def _bind_inside(self, name: str, node: tree.Tree, env: _Env) -> None:
        binding = Binding(name, self._block)
        self.refs[node] = env[name] = binding
        binding.first, binding.home, binding.bindings = binding, self._block, 1

    # Variables.

    def _unite(self) -> None:
        """Make one variable of all bindings that some read may see."""
        pending = [b for b in self._merges if b.read]
        while pending:
            merged = pending.pop()
            for source in merged.reached:
                if source is UNBOUND:
                    continue
                if source.sources is not None and not source.read:
                    source.read = True
                    pending.append(source)
                _union(merged, source)
        self._find_unbound()
        for merged in self._merges:
            if merged.read:
                _visit(merged, merged.block)
        for binding, block, _ in self._accesses:
            _visit(binding, block)
        for binding in self._order:
            variable = binding.variable
            variable.bindings += 1
            variable.first = variable.first or binding
            variable.is_param = variable.is_param or binding.is_param
        for variable in {binding.variable: None for binding in self._order}:
            if variable.home is not None and _is_deeper(variable, variable.home):
                self._homes.setdefault(variable.home, []).append(variable)

    def _find_unbound(self) -> None:
        """Refuse a read that a missing value may reach."""
        unbound = {id(b) for b in self._merges if b.read and b.sources and UNBOUND in b.sources}
        growing = bool(unbound)
        while growing:
            growing = False
            for merged in self._merges:
                if id(merged) not in unbound and any(
                    id(s) in unbound for s in merged.sources or ()
                ):
                    unbound.add(id(merged))
                    growing = True
        for binding, _, node in self._accesses:
            if binding is UNBOUND or id(binding) in unbound:
                name = node.id if isinstance(node, tree.Name) else binding.name
                raise Refusal("possibly-unbound", f"`{name}` may be read before it is set", node)


def named_lambda(node: tree.Tree, name: str, value: tree.Lambda) -> tree.FunctionDef:
    """`name = lambda x: e` as the function it makes."""
    body = (tree.Return(value.body.start, value.body.end, value.body),)
    count = len(value.params)
    return tree.FunctionDef(
        node.start, node.end, name, value.params, None, body, (), None, 0, count, walrus=True
    )


def _names(target: tree.Expr) -> Iterator[tree.Name]:
    match target:
        case tree.Name():
            yield target
        case tree.TupleExpr(items=items) | tree.ListExpr(items=items):
            for item in items:
                yield from _names(item)
        case _:
            raise Refusal("unsupported-syntax", "a comprehension assigns to this", target)


def _restore(env: _Env, hidden: dict[str, Binding | None]) -> None:
    for name, binding in hidden.items():
        if binding is None:
            env.pop(name, None)
        else:
            env[name] = binding


def _union(one: Binding, other: Binding) -> None:
    first, second = one.variable, other.variable
    if first is not second:
        second.parent = first


def _visit(binding: Binding, block: Block) -> None:
    variable = binding.variable
    variable.home = block if variable.home is None else variable.home.common(block)


def _is_deeper(variable: Binding, block: Block) -> bool:
    return variable.first is not None and variable.first.block is not block
