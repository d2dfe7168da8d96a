/- loops.ir in Lean 4.22 or later, core library only. -/
set_option autoImplicit false
set_option linter.unusedVariables false

namespace Loops

/-- What a definition may raise. -/
inductive Err where
  | ValueError
  deriving Repr, DecidableEq

/-- `sum_to_loop1`. -/
def sum_to_loop1 (i : Int) (n : Int) (s : Int) : Int :=
  if h1 : i ≥ n then
    s
  else
    let s_1 : Int := s + i
    sum_to_loop1 (i + 1) n s_1
termination_by (n - i).toNat
decreasing_by
  all_goals omega

/-- `sum_to`. -/
def sum_to (n : Int) : Int :=
  let s : Int := 0
  let s_1 : Int := sum_to_loop1 0 n s
  s_1

/-- `find_loop1`. -/
def find_loop1 (rest : List Int) (x : Int) (place : Int) : Int :=
  match rest with
  | [] =>
    -1
  | y :: rest1 =>
    if y = x then
      place
    else
      let place_1 : Int := place + 1
      find_loop1 rest1 x place_1

/-- `find`. -/
def find (xs : List Int) (x : Int) : Int :=
  let place : Int := 0
  find_loop1 xs x place

/-- `first_pair_loop2`. -/
def first_pair_loop2 (rest_1 : List Int) (tried : Int) (x : Int) : Except Int Int :=
  match rest_1 with
  | [] =>
    (Except.ok tried : Except Int Int)
  | y :: rest_11 =>
    if x = y then
      (Except.error tried : Except Int Int)
    else
      let tried_1 : Int := tried + 1
      first_pair_loop2 rest_11 tried_1 x

/-- `first_pair_loop1`. -/
def first_pair_loop1 (rest : List Int) (ys : List Int) (tried : Int) : Int :=
  match rest with
  | [] =>
    -tried
  | x :: rest1 =>
    let done : Except Int Int := first_pair_loop2 ys tried x
    match done with
    | .error error1 =>
      error1
    | .ok ok1 =>
      let tried_1 : Int := ok1
      first_pair_loop1 rest1 ys tried_1

/-- `first_pair`. -/
def first_pair (xs : List Int) (ys : List Int) : Int :=
  let tried : Int := 0
  first_pair_loop1 xs ys tried

/-- `collatz_loop1`. The measure is a guess: Lean warns of `sorry` if it does not fall. -/
def collatz_loop1 (n : Int) (limit : Int) (steps : Int) : Except Err Int := do
  if h1 : ¬ (n ≠ 1) then
    Except.ok steps
  else if h2 : steps > limit then
    Except.error Err.ValueError
  else
    let n_3 : Int := if n % 2 = 0 then n / 2 else 3 * n + 1
    let steps_1 : Int := steps + 1
    collatz_loop1 n_3 limit steps_1
termination_by (Int.natAbs (n - 1) : Int).toNat
decreasing_by
  all_goals first | omega | (simp +zetaDelta at * <;> omega) | sorry

/-- `collatz`. -/
def collatz (n : Int) (limit : Int) : Except Err Int := do
  let steps : Int := 0
  let steps_1 : Int ← collatz_loop1 n limit steps
  Except.ok steps_1

end Loops
