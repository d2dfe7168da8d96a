/-- The value if it lies between the bounds; otherwise overflow. -/
def Py.checked (lo hi a : Int) : Except Err Int :=
  if lo ≤ a ∧ a ≤ hi then Except.ok a else Except.error Err.OverflowError

/-- The value if it lies between the bounds. -/
def Py.fits (lo hi a : Int) : Option Int :=
  if lo ≤ a ∧ a ≤ hi then some a else none

/-- The nearest value between the bounds. -/
def Py.clamp (lo hi a : Int) : Int :=
  if a < lo then lo else if hi < a then hi else a

/-- The value modulo the size of the range that starts at `lo` and ends at `hi`. -/
def Py.wrap (lo hi a : Int) : Int :=
  (a - lo) % (hi - lo + 1) + lo

/-- The wrapped value, and whether it differs. -/
def Py.overflowing (lo hi a : Int) : Int × Bool :=
  (Py.wrap lo hi a, decide (a < lo ∨ hi < a))

/-- Turns an exception when the condition fails. -/
def Py.require (e : Err) (holds : Bool) : Except Err Unit :=
  if holds then Except.ok () else Except.error e

/-- The present value. -/
def Py.unwrap {α : Type} (x : Option α) : Except Err α :=
  match x with
  | none => Except.error Err.TypeError
  | some a => Except.ok a

/-- The success. -/
def Py.unwrapOk {α β : Type} (x : Except β α) : Except Err α :=
  match x with
  | .error _ => Except.error Err.Panic
  | .ok a => Except.ok a

/-- The failure. -/
def Py.unwrapError {α β : Type} (x : Except β α) : Except Err β :=
  match x with
  | .error b => Except.ok b
  | .ok _ => Except.error Err.Panic

/-- Whether the result is a success. -/
def Py.isOk {α β : Type} (x : Except β α) : Bool :=
  match x with
  | .error _ => false
  | .ok _ => true

/-- The elements that `f` yields for each element, in order, up to the first exception. -/
def Py.collect {ε α β : Type} (f : α → Except ε (List β)) (xs : List α) : Except ε (List β) :=
  match xs with
  | [] => Except.ok []
  | x :: rest => f x >>= fun ys => Py.collect f rest >>= fun zs => Except.ok (ys ++ zs)

/-- Whether all satisfy `f`, up to the first that does not or raises. -/
def Py.allOf {ε α : Type} (f : α → Except ε Bool) (xs : List α) : Except ε Bool :=
  match xs with
  | [] => Except.ok true
  | x :: rest => f x >>= fun b => if b then Py.allOf f rest else Except.ok false

/-- Whether one satisfies `f`, up to the first that does or raises. -/
def Py.anyOf {ε α : Type} (f : α → Except ε Bool) (xs : List α) : Except ε Bool :=
  match xs with
  | [] => Except.ok false
  | x :: rest => f x >>= fun b => if b then Except.ok true else Py.anyOf f rest

/-- A left fold that stops at the first exception. -/
def Py.foldl {ε α β : Type} (f : β → α → Except ε β) (init : β) (xs : List α) : Except ε β :=
  match xs with
  | [] => Except.ok init
  | x :: rest => f init x >>= fun b => Py.foldl f b rest
