/- contracts.ir in Lean 4.22 or later, core library only. -/
set_option autoImplicit false
set_option linter.unusedVariables false

namespace Contracts

/-- What a definition may raise. -/
inductive Err where
  | IndexError
  | OverflowError
  | ValueError
  | ZeroDivisionError
  deriving Repr, DecidableEq

/-- The value if it lies between the bounds; otherwise overflow. -/
def Py.checked (lo hi a : Int) : Except Err Int :=
  if lo ≤ a ∧ a ≤ hi then Except.ok a else Except.error Err.OverflowError

/-- Whether all satisfy `f`, up to the first that does not or raises. -/
def Py.allOf {ε α : Type} (f : α → Except ε Bool) (xs : List α) : Except ε Bool :=
  match xs with
  | [] => Except.ok true
  | x :: rest => f x >>= fun b => if b then Py.allOf f rest else Except.ok false

/-- The remainder with the sign of the divisor. -/
def Py.floorMod (a b : Int) : Except Err Int :=
  if b = 0 then Except.error Err.ZeroDivisionError else Except.ok (Int.fmod a b)

/-- `xs[i]` for `0 ≤ i < len`. -/
def Py.at {α : Type} (xs : List α) (i : Int) : Except Err α :=
  if i < 0 then Except.error Err.IndexError
  else
    match xs[i.toNat]? with
    | none => Except.error Err.IndexError
    | some x => Except.ok x

/-- How many steps lead from `a` to before `b`. -/
def Py.rangeLength (a b step : Int) : Nat :=
  if step > 0 then ((b - a + step - 1) / step).toNat
  else if step < 0 then ((a - b - step - 1) / (-step)).toNat
  else 0

/-- `range(a, b, step)` for `step ≠ 0`. -/
def Py.range (a b step : Int) : List Int :=
  List.map (fun (k : Nat) => a + (k : Int) * step) (List.range (Py.rangeLength a b step))

abbrev LIMIT : Int := 10

/-- `clamp`. -/
def clamp (n : Int) : Int :=
  if n > 10 then
    10
  else
    n

/-- `checked_half`. -/
def checked_half (n : Int) : Except Err Int := do
  if n < 0 then
    Except.error Err.ValueError
  else
    Except.ok (n / 2)

/-- `bump`. -/
def bump (x : Int) : Except Err Int := do
  Py.checked 0 255 (x + 1)

/-- `all_below_loop1`. -/
def all_below_loop1 (rest : List Int) (n : Int) : Bool :=
  match rest with
  | [] =>
    true
  | x :: rest1 =>
    if x ≥ n then
      false
    else
      all_below_loop1 rest1 n

/-- `all_below`. -/
def all_below (xs : List Int) (n : Int) : Bool :=
  all_below_loop1 xs n

/-- `gcd`. Lean warns of `sorry` if the measure is not shown to fall. -/
def gcd (a : Int) (b : Int) : Except Err Int := do
  if h1 : b = 0 then
    Except.ok a
  else
    let t1 ← Py.floorMod a b
    gcd b t1
termination_by b.toNat
decreasing_by
  all_goals first | omega | (simp +zetaDelta at * <;> omega) | sorry

theorem clamp_ensures_1 (n : Int) : clamp n ≤ LIMIT ∨ clamp n = n := by
  sorry

theorem clamp_ensures_2 (n : Int) : clamp n ≥ n ∨ n > 10 := by
  simp only [clamp]
  repeat' split
  all_goals omega

theorem checked_half_ensures_1 (n : Int) (h1 : n < 1000) (r1 : Int) (hr : checked_half n = Except.ok r1) : r1 * 2 ≤ n := by
  simp only [checked_half] at hr
  repeat' split at hr
  all_goals simp_all
  all_goals omega

theorem checked_half_raises_1 (n : Int) (h1 : n < 1000) (h2 : n < 0) : checked_half n = Except.error Err.ValueError := by
  simp only [checked_half]
  repeat' split
  all_goals first | rfl | omega

theorem checked_half_returns (n : Int) (h1 : n < 1000) (h2 : ¬ (n < 0)) : ∃ r1, checked_half n = Except.ok r1 := by
  sorry

theorem bump_ensures_1 (x : Int) (h1 : 0 ≤ x ∧ x ≤ 255) (r1 : Int) (hr : bump x = Except.ok r1) : r1 > x := by
  sorry

theorem all_below_ensures_1 (xs : List Int) (n : Int) : all_below xs n = List.all xs (fun (x : Int) => decide (x < n)) := by
  sorry

theorem all_below_ensures_2 (xs : List Int) (n : Int) : (Py.allOf (fun (i : Int) => Py.at xs i >>= fun t4 => Except.ok (decide (t4 < n))) (Py.range 0 (List.length xs : Int) 1) >>= fun t5 => Except.ok (decide (t5 = true → all_below xs n = true))) = Except.ok true := by
  sorry

end Contracts
