"""IR functions as Python functions: each is translated once, to Python source, and compiled.

    while i < n { total = total + xs[i]; i = i + 1; }

becomes

    while (v_i < v_n):
        k.fuel = z = k.fuel - 5
        if z < 0: raise FuelExhausted
        if not 0 <= v_i < len(v_xs): raise EvaluationFailed('IndexError', 'index out of range')
        t2 = (v_total + v_xs[v_i])
        if not -BIG < t2 < BIG: k.hold_number(t2.bit_length())
        v_total = t2
        v_i = (v_i + 1)

Three rules make the translation easy to check:

1. An expression becomes statements that do whatever may fail, in the IR's order of evaluation,
   and a piece of Python text that cannot fail and has no effect, so that it may be put anywhere
   before the next statement of the IR.
2. Nothing that Python raises by itself is taken for an exception of the program: what may fail is
   tested first, or done by a function of `autoform.semantics.ops`.
3. Python's exec sees no text of the program but literals written by `repr` and names made of
   letters, digits and `_`.
"""
