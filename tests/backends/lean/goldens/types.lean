/- types.ir in Lean 4.22 or later, core library only. -/
set_option autoImplicit false
set_option linter.unusedVariables false

namespace Types

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

/-- The value, or the given one. -/
def Py.mapGetOr {κ υ : Type} [BEq κ] (m : Py.Map κ υ) (k : κ) (v : υ) : υ :=
  Option.getD (Py.mapGet m k) v

/-- With the key set; a present key keeps its place. -/
def Py.mapInsert {κ υ : Type} [BEq κ] (m : Py.Map κ υ) (k : κ) (v : υ) : Py.Map κ υ :=
  if Py.mapContains m k then Py.Map.mk (m.items.map (fun p => if p.1 == k then (p.1, v) else p))
  else Py.Map.mk (m.items ++ [(k, v)])

/-- Inserted in order; later values win. -/
def Py.mapOf {κ υ : Type} [BEq κ] (items : List (κ × υ)) : Py.Map κ υ :=
  items.foldl (fun m p => Py.mapInsert m p.1 p.2) (Py.Map.mk [])

/-- `Point`. -/
structure Point where
  x : Int
  y : Int
  deriving Repr, DecidableEq

/-- `Named`. -/
structure Named (T : Type) where
  name : List Char
  value : T
  deriving Repr, DecidableEq

/-- `Shape`. -/
inductive Shape where
  | Dot
  | Circle (item1 : Int)
  | Box (item1 : Int) (item2 : Point)
  deriving Repr, DecidableEq

/-- `area`. -/
def area (s : Shape) : Int :=
  match s with
  | Shape.Circle item1 =>
    item1 * item1
  | _ =>
    match s with
    | Shape.Box item2 item3 =>
      item2 * item3.x
    | _ =>
      0

/-- `moved`. -/
def moved (p : Point) («by» : Int) : Point :=
  { p with x := p.x + «by» }

/-- `first_or`. -/
def first_or (xs : Option Int) (default_ : Int) : Int :=
  match xs with
  | some xs_1 =>
    xs_1
  | none =>
    default_

/-- `wrapped`. -/
def wrapped {T : Type} [DecidableEq T] (item : T) : Named T :=
  Named.mk "it's \"quoted\"\n".toList item

/-- `count_loop1`. -/
def count_loop1 (rest : List (List Char)) («at» : Py.Map (List Char) Int) : Py.Map (List Char) Int :=
  match rest with
  | [] =>
    «at»
  | w :: rest1 =>
    let at_1 : Py.Map (List Char) Int := Py.mapInsert «at» w (Py.mapGetOr «at» w (0 : Int) + 1)
    count_loop1 rest1 at_1

/-- `count`. -/
def count (words : List (List Char)) : Py.Map (List Char) Int :=
  let «at» : Py.Map (List Char) Int := Py.mapOf ([] : List (List Char × Int))
  let at_1 : Py.Map (List Char) Int := count_loop1 words «at»
  at_1

/-- `half`. -/
def half (x : Float) : Float :=
  x * Float.ofBits 0x3fe0000000000000

end Types
