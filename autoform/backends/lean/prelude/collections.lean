/-- A finite set: `items` has no repetition, and its order means nothing. -/
structure Py.Set (α : Type) where
  items : List α
  deriving Repr

instance {α : Type} [BEq α] : BEq (Py.Set α) where
  beq := fun a b => a.items.all (fun x => b.items.contains x) && b.items.all (fun x => a.items.contains x)

/-- The set of the elements. -/
def Py.setOf {α : Type} [BEq α] (xs : List α) : Py.Set α :=
  Py.Set.mk xs.eraseDups

/-- Membership. -/
def Py.setContains {α : Type} [BEq α] (s : Py.Set α) (x : α) : Bool :=
  s.items.contains x

/-- With an element. -/
def Py.setAdd {α : Type} [BEq α] (s : Py.Set α) (x : α) : Py.Set α :=
  if s.items.contains x then s else Py.Set.mk (s.items ++ [x])

/-- Without an element, present or not. -/
def Py.setDiscard {α : Type} [BEq α] (s : Py.Set α) (x : α) : Py.Set α :=
  Py.Set.mk (s.items.erase x)

/-- Without an element that must be present. -/
def Py.setRemove {α : Type} [BEq α] (s : Py.Set α) (x : α) : Except Err (Py.Set α) :=
  if s.items.contains x then Except.ok (Py.setDiscard s x) else Except.error Err.KeyError

/-- Union. -/
def Py.setUnion {α : Type} [BEq α] (a b : Py.Set α) : Py.Set α :=
  Py.Set.mk (a.items ++ b.items.filter (fun x => !(a.items.contains x)))

/-- Intersection. -/
def Py.setInter {α : Type} [BEq α] (a b : Py.Set α) : Py.Set α :=
  Py.Set.mk (a.items.filter (fun x => b.items.contains x))

/-- Difference. -/
def Py.setDiff {α : Type} [BEq α] (a b : Py.Set α) : Py.Set α :=
  Py.Set.mk (a.items.filter (fun x => !(b.items.contains x)))

/-- The elements of exactly one of the two. -/
def Py.setSymmDiff {α : Type} [BEq α] (a b : Py.Set α) : Py.Set α :=
  Py.setUnion (Py.setDiff a b) (Py.setDiff b a)

/-- `a <= b`. -/
def Py.setSubset {α : Type} [BEq α] (a b : Py.Set α) : Bool :=
  a.items.all (fun x => b.items.contains x)

/-- `a < b`. -/
def Py.setProperSubset {α : Type} [BEq α] (a b : Py.Set α) : Bool :=
  Py.setSubset a b && !(Py.setSubset b a)

/-- Whether no element is in both. -/
def Py.setDisjoint {α : Type} [BEq α] (a b : Py.Set α) : Bool :=
  a.items.all (fun x => !(b.items.contains x))

/-- A finite map: `items` has no repeated key and keeps the order of insertion. -/
structure Py.Map (κ υ : Type) where
  items : List (κ × υ)
  deriving Repr

/-- The value of a key in pairs. -/
def Py.lookup {κ υ : Type} [BEq κ] (items : List (κ × υ)) (k : κ) : Option υ :=
  match items with
  | [] => none
  | p :: rest => if p.1 == k then some p.2 else Py.lookup rest k

/-- The value, or none. -/
def Py.mapGet {κ υ : Type} [BEq κ] (m : Py.Map κ υ) (k : κ) : Option υ :=
  Py.lookup m.items k

/-- Whether the maps hold the same values for the same keys. -/
def Py.mapBEq {κ υ : Type} [BEq κ] [BEq υ] (a b : Py.Map κ υ) : Bool :=
  a.items.length == b.items.length && a.items.all (fun p => Py.mapGet b p.1 == some p.2)

instance {κ υ : Type} [BEq κ] [BEq υ] : BEq (Py.Map κ υ) where
  beq := Py.mapBEq

/-- Whether the key is present. -/
def Py.mapContains {κ υ : Type} [BEq κ] (m : Py.Map κ υ) (k : κ) : Bool :=
  m.items.any (fun p => p.1 == k)

/-- The value of a present key. -/
def Py.mapAt {κ υ : Type} [BEq κ] (m : Py.Map κ υ) (k : κ) : Except Err υ :=
  match Py.mapGet m k with
  | none => Except.error Err.KeyError
  | some v => Except.ok v

/-- The value, or the given one. -/
def Py.mapGetOr {κ υ : Type} [BEq κ] (m : Py.Map κ υ) (k : κ) (v : υ) : υ :=
  Option.getD (Py.mapGet m k) v

/-- With the key set; a present key keeps its place. -/
def Py.mapInsert {κ υ : Type} [BEq κ] (m : Py.Map κ υ) (k : κ) (v : υ) : Py.Map κ υ :=
  if Py.mapContains m k then Py.Map.mk (m.items.map (fun p => if p.1 == k then (p.1, v) else p))
  else Py.Map.mk (m.items ++ [(k, v)])

/-- Without a key, present or not. -/
def Py.mapDiscard {κ υ : Type} [BEq κ] (m : Py.Map κ υ) (k : κ) : Py.Map κ υ :=
  Py.Map.mk (m.items.filter (fun p => !(p.1 == k)))

/-- Without a key that must be present. -/
def Py.mapRemove {κ υ : Type} [BEq κ] (m : Py.Map κ υ) (k : κ) : Except Err (Py.Map κ υ) :=
  if Py.mapContains m k then Except.ok (Py.mapDiscard m k) else Except.error Err.KeyError

/-- Inserted in order; later values win. -/
def Py.mapOf {κ υ : Type} [BEq κ] (items : List (κ × υ)) : Py.Map κ υ :=
  items.foldl (fun m p => Py.mapInsert m p.1 p.2) (Py.Map.mk [])

/-- `{**a, **b}`. -/
def Py.mapMerge {κ υ : Type} [BEq κ] (a b : Py.Map κ υ) : Py.Map κ υ :=
  b.items.foldl (fun m p => Py.mapInsert m p.1 p.2) a
