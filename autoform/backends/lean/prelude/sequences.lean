/-- A place in a list of that length, a negative one counted from the end; clamped as in a slice. -/
def Py.place (length : Nat) (i : Int) : Nat :=
  if i < 0 then (i + (length : Int)).toNat else min i.toNat length

/-- `xs[i]` for `0 ≤ i < len`. -/
def Py.at {α : Type} (xs : List α) (i : Int) : Except Err α :=
  if i < 0 then Except.error Err.IndexError
  else
    match xs[i.toNat]? with
    | none => Except.error Err.IndexError
    | some x => Except.ok x

/-- `xs[i]`; a negative place counts from the end. -/
def Py.atNeg {α : Type} (xs : List α) (i : Int) : Except Err α :=
  Py.at xs (if i < 0 then i + (xs.length : Int) else i)

/-- `xs` with place `i` replaced, `0 ≤ i < len`. -/
def Py.update {α : Type} (xs : List α) (i : Int) (x : α) : Except Err (List α) :=
  if i < 0 ∨ (xs.length : Int) ≤ i then Except.error Err.IndexError
  else Except.ok (xs.set i.toNat x)

/-- `xs` with place `i` replaced; a negative place counts from the end. -/
def Py.updateNeg {α : Type} (xs : List α) (i : Int) (x : α) : Except Err (List α) :=
  Py.update xs (if i < 0 then i + (xs.length : Int) else i) x

/-- `xs[a:b]`. -/
def Py.slice {α : Type} (xs : List α) (a b : Int) : List α :=
  List.drop (Py.place xs.length a) (List.take (Py.place xs.length b) xs)

/-- `xs[a:]`. -/
def Py.sliceFrom {α : Type} (xs : List α) (a : Int) : List α :=
  List.drop (Py.place xs.length a) xs

/-- `xs[:b]`. -/
def Py.sliceTo {α : Type} (xs : List α) (b : Int) : List α :=
  List.take (Py.place xs.length b) xs

/-- Every `step`-th element, the first included; `skip` elements are passed over before it. -/
def Py.everyNth {α : Type} (step skip : Nat) (xs : List α) : List α :=
  match xs with
  | [] => []
  | x :: rest =>
    match skip with
    | 0 => x :: Py.everyNth step (step - 1) rest
    | k + 1 => Py.everyNth step k rest

/-- The place of index `i` in a reversed list of that length, clamped as in a slice. -/
def Py.placeBack (length : Nat) (i : Int) : Nat :=
  let n := (length : Int)
  Int.toNat (n - 1 - (if i < 0 then max (i + n) (-1) else min i (n - 1)))

/-- `xs[a:b:c]` for `c ≠ 0`, absent bounds as none. -/
def Py.sliceStep {α : Type} (xs : List α) (a b : Option Int) (step : Int) : List α :=
  let n := xs.length
  if step > 0 then
    let lo := Option.getD (Option.map (fun i => Py.place n i) a) 0
    let hi := Option.getD (Option.map (fun i => Py.place n i) b) n
    Py.everyNth step.toNat 0 (List.drop lo (List.take hi xs))
  else
    let lo := Option.getD (Option.map (fun i => Py.placeBack n i) a) 0
    let hi := Option.getD (Option.map (fun i => Py.placeBack n i) b) n
    Py.everyNth (-step).toNat 0 (List.drop lo (List.take hi xs.reverse))

/-- `xs[a:b:c]`; a step of zero raises. -/
def Py.sliceBy {α : Type} (xs : List α) (a b : Option Int) (step : Int) : Except Err (List α) :=
  if step = 0 then Except.error Err.ValueError else Except.ok (Py.sliceStep xs a b step)

/-- Rust's `xs[a..b]`. -/
def Py.subslice {α : Type} (xs : List α) (a b : Int) : Except Err (List α) :=
  if a < 0 ∨ b < a ∨ (xs.length : Int) < b then Except.error Err.IndexError
  else Except.ok (List.drop a.toNat (List.take b.toNat xs))

/-- `xs[a:b] = ys`. -/
def Py.replaceSlice {α : Type} (xs : List α) (a b : Int) (ys : List α) : List α :=
  let lo := Py.place xs.length a
  let hi := max lo (Py.place xs.length b)
  List.take lo xs ++ ys ++ List.drop hi xs

/-- `xs * n`. -/
def Py.repeated {α : Type} (xs : List α) (n : Int) : List α :=
  List.flatten (List.replicate n.toNat xs)

/-- Python's `insert`. -/
def Py.insert {α : Type} (xs : List α) (i : Int) (x : α) : List α :=
  Py.replaceSlice xs i i [x]

/-- Rust's `insert`. -/
def Py.insertAt {α : Type} (xs : List α) (i : Int) (x : α) : Except Err (List α) :=
  if i < 0 ∨ (xs.length : Int) < i then Except.error Err.IndexError
  else Except.ok (List.take i.toNat xs ++ x :: List.drop i.toNat xs)

/-- `xs` without place `i`, and what was there. -/
def Py.popAt {α : Type} (xs : List α) (i : Int) : Except Err (List α × α) :=
  let k := if i < 0 then i + (xs.length : Int) else i
  Py.at xs k >>= fun x => Except.ok (xs.eraseIdx k.toNat, x)

/-- `xs` without the last element, and the last. -/
def Py.popLast {α : Type} (xs : List α) : Except Err (List α × α) :=
  Py.popAt xs (-1)

/-- `xs` without place `i`. -/
def Py.deleteAt {α : Type} (xs : List α) (i : Int) : Except Err (List α) :=
  Py.popAt xs i >>= fun p => Except.ok p.1

/-- `del xs[a:b]`. -/
def Py.deleteSlice {α : Type} (xs : List α) (a b : Int) : List α :=
  Py.replaceSlice xs a b []

/-- `xs` without the first element equal to `x`. -/
def Py.remove {α : Type} [BEq α] (xs : List α) (x : α) : Except Err (List α) :=
  if xs.contains x then Except.ok (xs.erase x) else Except.error Err.ValueError

/-- Places `i` and `j` exchanged. -/
def Py.swap {α : Type} (xs : List α) (i j : Int) : Except Err (List α) :=
  Py.at xs i >>= fun x =>
  Py.at xs j >>= fun y =>
  Except.ok ((xs.set i.toNat y).set j.toNat x)

/-- The first place of `x`, counted from `i`. -/
def Py.indexFrom {α : Type} [BEq α] (xs : List α) (x : α) (i : Int) : Except Err Int :=
  match xs with
  | [] => Except.error Err.ValueError
  | y :: rest => if y == x then Except.ok i else Py.indexFrom rest x (i + 1)

/-- The first place of `x`. -/
def Py.index {α : Type} [BEq α] (xs : List α) (x : α) : Except Err Int :=
  Py.indexFrom xs x 0

/-- Pairs of place and element, counted from `start`. -/
def Py.enumerate {α : Type} (xs : List α) (start : Int) : List (Int × α) :=
  match xs with
  | [] => []
  | x :: rest => (start, x) :: Py.enumerate rest (start + 1)

/-- Triples up to the shortest length. -/
def Py.zip3 {α β γ : Type} (xs : List α) (ys : List β) (zs : List γ) : List (α × β × γ) :=
  List.zip xs (List.zip ys zs)

/-- How many steps lead from `a` to before `b`. -/
def Py.rangeLength (a b step : Int) : Nat :=
  if step > 0 then ((b - a + step - 1) / step).toNat
  else if step < 0 then ((a - b - step - 1) / (-step)).toNat
  else 0

/-- `range(a, b, step)` for `step ≠ 0`. -/
def Py.range (a b step : Int) : List Int :=
  List.map (fun (k : Nat) => a + (k : Int) * step) (List.range (Py.rangeLength a b step))

/-- `range(a, b, step)`; a step of zero raises. -/
def Py.rangeBy (a b step : Int) : Except Err (List Int) :=
  if step = 0 then Except.error Err.ValueError else Except.ok (Py.range a b step)

/-- The sum from left to right, every partial sum within bounds. -/
def Py.checkedSum (lo hi : Int) (xs : List Int) : Except Err Int :=
  Py.foldl (fun (a : Int) (x : Int) => Py.checked lo hi (a + x)) 0 xs

/-- The product from left to right, every partial product within bounds. -/
def Py.checkedProduct (lo hi : Int) (xs : List Int) : Except Err Int :=
  Py.foldl (fun (a : Int) (x : Int) => Py.checked lo hi (a * x)) 1 xs

/-- The sum. -/
def Py.sum (xs : List Int) : Int :=
  match xs with
  | [] => 0
  | x :: rest => x + Py.sum rest

/-- The product. -/
def Py.product (xs : List Int) : Int :=
  match xs with
  | [] => 1
  | x :: rest => x * Py.product rest

/-- The sum of floats, from left to right. -/
def Py.floatSum (xs : List Float) : Float :=
  xs.foldl (fun a x => a + x) (Float.ofBits 0)

/-- Whether no two elements are equal. -/
def Py.distinct {α : Type} [BEq α] (xs : List α) : Bool :=
  match xs with
  | [] => true
  | x :: rest => !(rest.contains x) && Py.distinct rest

/-- Rust's `windows(n)` for `n > 0`. -/
def Py.windowsOf {α : Type} (n : Nat) (xs : List α) : List (List α) :=
  match xs with
  | [] => []
  | x :: rest =>
    if n ≤ rest.length + 1 then List.take n (x :: rest) :: Py.windowsOf n rest else []

/-- Rust's `windows(n)`. -/
def Py.windows {α : Type} (xs : List α) (n : Int) : Except Err (List (List α)) :=
  if n ≤ 0 then Except.error Err.Panic else Except.ok (Py.windowsOf n.toNat xs)

/-- Cuts into pieces of `n`; `piece` is being filled, back to front, with room for `room`. -/
def Py.chunksOf {α : Type} (n room : Nat) (piece xs : List α) : List (List α) :=
  match xs with
  | [] => if piece.isEmpty then [] else [piece.reverse]
  | x :: rest =>
    match room with
    | 0 => piece.reverse :: Py.chunksOf n (n - 1) [x] rest
    | k + 1 => Py.chunksOf n k (x :: piece) rest

/-- Rust's `chunks(n)`. -/
def Py.chunks {α : Type} (xs : List α) (n : Int) : Except Err (List (List α)) :=
  if n ≤ 0 then Except.error Err.Panic else Except.ok (Py.chunksOf n.toNat n.toNat [] xs)
