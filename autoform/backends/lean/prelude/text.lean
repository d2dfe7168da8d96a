/-- Whether Python's `str.isspace` holds of the character. -/
def Py.isSpace (c : Char) : Bool :=
  let n := c.toNat
  decide ((9 ≤ n ∧ n ≤ 13) ∨ (28 ≤ n ∧ n ≤ 32) ∨ n = 133 ∨ n = 160 ∨ n = 5760 ∨ (8192 ≤ n ∧ n ≤ 8202) ∨ n = 8232 ∨ n = 8233 ∨ n = 8239 ∨ n = 8287 ∨ n = 12288)

/-- The first place of `t` in `s`, counted from `i`, or -1. -/
def Py.find (s t : List Char) (i : Int) : Int :=
  match s with
  | [] => if t.isEmpty then i else -1
  | c :: rest => if List.isPrefixOf t (c :: rest) then i else Py.find rest t (i + 1)

/-- The last place of `t` in `s`, counted from `i`; `best` if there is none. -/
def Py.findLast (s t : List Char) (i best : Int) : Int :=
  match s with
  | [] => if t.isEmpty then i else best
  | c :: rest =>
    Py.findLast rest t (i + 1) (if List.isPrefixOf t (c :: rest) then i else best)

/-- Python's `s.find(t, a)`. -/
def Py.findFrom (s t : List Char) (a : Int) : Int :=
  let start := if a < 0 then max (a + (s.length : Int)) 0 else a
  if (s.length : Int) < start then -1 else Py.find (List.drop start.toNat s) t start

/-- Python's `s.index(t)`. -/
def Py.indexOf (s t : List Char) : Except Err Int :=
  let i := Py.find s t 0
  if i < 0 then Except.error Err.ValueError else Except.ok i

/-- Python's `s.rindex(t)`. -/
def Py.lastIndexOf (s t : List Char) : Except Err Int :=
  let i := Py.findLast s t 0 (-1)
  if i < 0 then Except.error Err.ValueError else Except.ok i

/-- Cuts at `sep`, at most `n` times; `skip` characters are passed over, `part` is reversed. -/
def Py.cut (sep : List Char) (n skip : Nat) (part s : List Char) : List (List Char) :=
  match s with
  | [] => [part.reverse]
  | c :: rest =>
    match skip with
    | k + 1 => Py.cut sep n k part rest
    | 0 =>
      if 0 < n ∧ List.isPrefixOf sep (c :: rest) then
        part.reverse :: Py.cut sep (n - 1) (sep.length - 1) [] rest
      else Py.cut sep n 0 (c :: part) rest

/-- Cuts wherever `sep`, which is not empty, occurs. -/
def Py.splitOn (s sep : List Char) : List (List Char) :=
  Py.cut sep s.length 0 [] s

/-- Python's `s.split(sep)`. -/
def Py.split (s sep : List Char) : Except Err (List (List Char)) :=
  if sep.isEmpty then Except.error Err.ValueError else Except.ok (Py.splitOn s sep)

/-- Python's `s.split(sep, n)`. -/
def Py.splitAtMost (s sep : List Char) (n : Int) : Except Err (List (List Char)) :=
  if sep.isEmpty then Except.error Err.ValueError
  else Except.ok (Py.cut sep (if n < 0 then s.length else n.toNat) 0 [] s)

/-- Non-overlapping occurrences of `t`. -/
def Py.countText (s t : List Char) : Int :=
  if t.isEmpty then (s.length : Int) + 1 else ((Py.splitOn s t).length : Int) - 1

/-- The parts with a separator between them. -/
def Py.join (sep : List Char) (parts : List (List Char)) : List Char :=
  match parts with
  | [] => []
  | p :: rest => p ++ rest.flatMap (fun q => sep ++ q)

/-- `new` before each of the first `n` characters, and at the end if `n` is not used up. -/
def Py.interleave (new : List Char) (n : Nat) (s : List Char) : List Char :=
  match n, s with
  | 0, _ => s
  | _ + 1, [] => new
  | k + 1, c :: rest => new ++ c :: Py.interleave new k rest

/-- Python's `s.replace(old, new)`. -/
def Py.replace (s old new : List Char) : List Char :=
  if old.isEmpty then Py.interleave new (s.length + 1) s else Py.join new (Py.splitOn s old)

/-- Python's `s.replace(old, new, n)`. -/
def Py.replaceAtMost (s old new : List Char) (n : Int) : List Char :=
  let most := if n < 0 then s.length + 1 else n.toNat
  if old.isEmpty then Py.interleave new most s else Py.join new (Py.cut old most 0 [] s)

/-- Python's `s.lstrip()`. -/
def Py.lstrip (s : List Char) : List Char :=
  List.dropWhile Py.isSpace s

/-- Python's `s.rstrip()`. -/
def Py.rstrip (s : List Char) : List Char :=
  (List.dropWhile Py.isSpace s.reverse).reverse

/-- Python's `s.lstrip(chars)`. -/
def Py.lstripChars (s chars : List Char) : List Char :=
  List.dropWhile (fun c => chars.contains c) s

/-- Python's `s.rstrip(chars)`. -/
def Py.rstripChars (s chars : List Char) : List Char :=
  (List.dropWhile (fun c => chars.contains c) s.reverse).reverse

/-- Cuts at white space, without empty parts; `part` is reversed. -/
def Py.words (part s : List Char) : List (List Char) :=
  match s with
  | [] => if part.isEmpty then [] else [part.reverse]
  | c :: rest =>
    if Py.isSpace c then (if part.isEmpty then Py.words [] rest else part.reverse :: Py.words [] rest)
    else Py.words (c :: part) rest

/-- Python's `s.removeprefix(t)`. -/
def Py.removePrefix (s t : List Char) : List Char :=
  if List.isPrefixOf t s then List.drop t.length s else s

/-- Python's `s.removesuffix(t)`. -/
def Py.removeSuffix (s t : List Char) : List Char :=
  if List.isSuffixOf t s then List.take (s.length - t.length) s else s

/-- Python's `s.zfill(n)`. -/
def Py.zfill (s : List Char) (n : Int) : List Char :=
  let zeros := List.replicate (n.toNat - s.length) '0'
  match s with
  | [] => zeros
  | c :: rest => if c = '-' ∨ c = '+' then c :: zeros ++ rest else zeros ++ c :: rest

/-- Fill on the right up to a width. -/
def Py.padRight (s : List Char) (n : Int) (fill : List Char) : List Char :=
  s ++ List.flatten (List.replicate (n.toNat - s.length) fill)

/-- Fill on the left up to a width. -/
def Py.padLeft (s : List Char) (n : Int) (fill : List Char) : List Char :=
  List.flatten (List.replicate (n.toNat - s.length) fill) ++ s

/-- Python's `s.ljust(n, fill)`. -/
def Py.ljust (s : List Char) (n : Int) (fill : List Char) : Except Err (List Char) :=
  if fill.length = 1 then Except.ok (Py.padRight s n fill) else Except.error Err.TypeError

/-- Python's `s.rjust(n, fill)`. -/
def Py.rjust (s : List Char) (n : Int) (fill : List Char) : Except Err (List Char) :=
  if fill.length = 1 then Except.ok (Py.padLeft s n fill) else Except.error Err.TypeError
