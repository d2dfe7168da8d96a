/-- The order of Python and Rust values: lexicographic on sequences, text and tuples. -/
class Py.Ordered (α : Type) where
  lt : α → α → Bool

instance : Py.Ordered Int where
  lt := fun a b => decide (a < b)

instance : Py.Ordered Bool where
  lt := fun a b => !a && b

instance : Py.Ordered Char where
  lt := fun a b => decide (a.toNat < b.toNat)

instance : Py.Ordered Float where
  lt := fun a b => decide (a < b)

instance : Py.Ordered Unit where
  lt := fun _ _ => false

instance {α β : Type} [Py.Ordered α] [Py.Ordered β] : Py.Ordered (α × β) where
  lt := fun a b =>
    Py.Ordered.lt a.1 b.1 || (!(Py.Ordered.lt b.1 a.1) && Py.Ordered.lt a.2 b.2)

instance {α : Type} [Py.Ordered α] : Py.Ordered (Option α) where
  lt := fun a b =>
    match a, b with
    | none, some _ => true
    | some x, some y => Py.Ordered.lt x y
    | _, none => false

/-- Lexicographic order: a proper prefix is less. -/
def Py.listLt {α : Type} [Py.Ordered α] (xs ys : List α) : Bool :=
  match xs, ys with
  | _, [] => false
  | [], _ :: _ => true
  | x :: xs', y :: ys' =>
    Py.Ordered.lt x y || (!(Py.Ordered.lt y x) && Py.listLt xs' ys')

instance {α : Type} [Py.Ordered α] : Py.Ordered (List α) where
  lt := Py.listLt

/-- Python's `min(a, b)`. -/
def Py.min2 {α : Type} [Py.Ordered α] (a b : α) : α :=
  if Py.Ordered.lt b a then b else a

/-- Python's `max(a, b)`. -/
def Py.max2 {α : Type} [Py.Ordered α] (a b : α) : α :=
  if Py.Ordered.lt a b then b else a

/-- The first least element. -/
def Py.minimum {α : Type} [Py.Ordered α] (xs : List α) : Except Err α :=
  match xs with
  | [] => Except.error Err.ValueError
  | x :: rest => Except.ok (rest.foldl Py.min2 x)

/-- The first greatest element. -/
def Py.maximum {α : Type} [Py.Ordered α] (xs : List α) : Except Err α :=
  match xs with
  | [] => Except.error Err.ValueError
  | x :: rest => Except.ok (rest.foldl Py.max2 x)

/-- Ascending and stable. -/
def Py.sorted {α : Type} [Py.Ordered α] (xs : List α) : List α :=
  xs.mergeSort (fun a b => !(Py.Ordered.lt b a))

/-- Descending; equal elements keep their order. -/
def Py.sortedDesc {α : Type} [Py.Ordered α] (xs : List α) : List α :=
  xs.mergeSort (fun a b => !(Py.Ordered.lt a b))

/-- Ascending by key, stable. -/
def Py.sortBy {α κ : Type} [Py.Ordered κ] (xs : List α) (key : α → κ) : List α :=
  xs.mergeSort (fun a b => !(Py.Ordered.lt (key b) (key a)))

/-- Descending by key; equal keys keep their order. -/
def Py.sortByDesc {α κ : Type} [Py.Ordered κ] (xs : List α) (key : α → κ) : List α :=
  xs.mergeSort (fun a b => !(Py.Ordered.lt (key a) (key b)))

/-- The first element with the least key. -/
def Py.minBy {α κ : Type} [Py.Ordered κ] (xs : List α) (key : α → κ) : Except Err α :=
  match xs with
  | [] => Except.error Err.ValueError
  | x :: rest =>
    Except.ok (rest.foldl (fun a b => if Py.Ordered.lt (key b) (key a) then b else a) x)

/-- The first element with the greatest key. -/
def Py.maxBy {α κ : Type} [Py.Ordered κ] (xs : List α) (key : α → κ) : Except Err α :=
  match xs with
  | [] => Except.error Err.ValueError
  | x :: rest =>
    Except.ok (rest.foldl (fun a b => if Py.Ordered.lt (key a) (key b) then b else a) x)

/-- The last element with the greatest key. -/
def Py.lastMaxBy {α κ : Type} [Py.Ordered κ] (xs : List α) (key : α → κ) : Except Err α :=
  match xs with
  | [] => Except.error Err.ValueError
  | x :: rest =>
    Except.ok (rest.foldl (fun a b => if Py.Ordered.lt (key b) (key a) then a else b) x)

/-- Whether no element is less than the one before; `x` is before the first. -/
def Py.isSortedAfter {α : Type} [Py.Ordered α] (x : α) (xs : List α) : Bool :=
  match xs with
  | [] => true
  | y :: rest => !(Py.Ordered.lt y x) && Py.isSortedAfter y rest

/-- Whether no element is less than the one before. -/
def Py.isSorted {α : Type} [Py.Ordered α] (xs : List α) : Bool :=
  match xs with
  | [] => true
  | x :: rest => Py.isSortedAfter x rest
