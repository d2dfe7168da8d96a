/-- Division rounded towards minus infinity. -/
def Py.floorDiv (a b : Int) : Except Err Int :=
  if b = 0 then Except.error Err.ZeroDivisionError else Except.ok (Int.fdiv a b)

/-- The remainder with the sign of the divisor. -/
def Py.floorMod (a b : Int) : Except Err Int :=
  if b = 0 then Except.error Err.ZeroDivisionError else Except.ok (Int.fmod a b)

/-- Division rounded towards zero. -/
def Py.truncDiv (a b : Int) : Except Err Int :=
  if b = 0 then Except.error Err.ZeroDivisionError else Except.ok (Int.tdiv a b)

/-- The remainder with the sign of the dividend. -/
def Py.truncRem (a b : Int) : Except Err Int :=
  if b = 0 then Except.error Err.ZeroDivisionError else Except.ok (Int.tmod a b)

/-- Division with a remainder that is not negative. -/
def Py.euclidDiv (a b : Int) : Except Err Int :=
  if b = 0 then Except.error Err.ZeroDivisionError else Except.ok (a / b)

/-- The remainder that is not negative. -/
def Py.euclidMod (a b : Int) : Except Err Int :=
  if b = 0 then Except.error Err.ZeroDivisionError else Except.ok (a % b)

/-- `a ** n` for `n ≥ 0`; a negative exponent leaves the integers. -/
def Py.pow (a n : Int) : Except Err Int :=
  if n < 0 then Except.error Err.OutsideSubset else Except.ok (a ^ n.toNat)

/-- `a << n`. -/
def Py.shiftLeft (a n : Int) : Except Err Int :=
  if n < 0 then Except.error Err.ValueError else Except.ok (a * (2 : Int) ^ n.toNat)

/-- `a >> n`: rounded towards minus infinity. -/
def Py.shiftRight (a n : Int) : Except Err Int :=
  if n < 0 then Except.error Err.ValueError else Except.ok (a / (2 : Int) ^ n.toNat)

/-- Two's complement `a & b` on unbounded integers. -/
def Py.bitAnd (a b : Int) : Int :=
  match a, b with
  | Int.ofNat m, Int.ofNat n => Int.ofNat (m &&& n)
  | Int.ofNat m, Int.negSucc n => Int.ofNat (m ^^^ (m &&& n))
  | Int.negSucc m, Int.ofNat n => Int.ofNat (n ^^^ (n &&& m))
  | Int.negSucc m, Int.negSucc n => Int.negSucc (m ||| n)

/-- Two's complement `a | b` on unbounded integers. -/
def Py.bitOr (a b : Int) : Int :=
  match a, b with
  | Int.ofNat m, Int.ofNat n => Int.ofNat (m ||| n)
  | Int.ofNat m, Int.negSucc n => Int.negSucc (n ^^^ (n &&& m))
  | Int.negSucc m, Int.ofNat n => Int.negSucc (m ^^^ (m &&& n))
  | Int.negSucc m, Int.negSucc n => Int.negSucc (m &&& n)

/-- Two's complement `a ^ b` on unbounded integers. -/
def Py.bitXor (a b : Int) : Int :=
  match a, b with
  | Int.ofNat m, Int.ofNat n => Int.ofNat (m ^^^ n)
  | Int.ofNat m, Int.negSucc n => Int.negSucc (m ^^^ n)
  | Int.negSucc m, Int.ofNat n => Int.negSucc (m ^^^ n)
  | Int.negSucc m, Int.negSucc n => Int.ofNat (m ^^^ n)

/-- Bits of the absolute value without leading zeros. -/
def Py.bitLength (a : Int) : Int :=
  if a = 0 then 0 else (Nat.log2 a.natAbs : Int) + 1

/-- Ones in the binary form of the absolute value. -/
def Py.bitCount (a : Int) : Int :=
  (List.count '1' (Nat.toDigits 2 a.natAbs) : Int)

/-- One more binary digit of a square root, the highest first. -/
def Py.isqrtBits (n : Nat) (bits : Nat) (root : Nat) : Nat :=
  match bits with
  | 0 => root
  | k + 1 =>
    let next := root + 2 ^ k
    Py.isqrtBits n k (if next * next ≤ n then next else root)

/-- The integer square root. -/
def Py.isqrt (a : Int) : Except Err Int :=
  if a < 0 then Except.error Err.ValueError
  else Except.ok (Py.isqrtBits a.toNat (Nat.log2 a.toNat / 2 + 1) 0 : Int)

/-- `n!` of a natural number. -/
def Py.factorialNat (n : Nat) : Nat :=
  match n with
  | 0 => 1
  | k + 1 => (k + 1) * Py.factorialNat k

/-- `n!`. -/
def Py.factorial (n : Int) : Except Err Int :=
  if n < 0 then Except.error Err.ValueError else Except.ok (Py.factorialNat n.toNat : Int)

/-- `n! / (n - k)!`; 0 when `k > n`. -/
def Py.permNat (n k : Nat) : Nat :=
  match k with
  | 0 => 1
  | j + 1 => Py.permNat n j * (n - j)

/-- `math.perm`. -/
def Py.perm (n k : Int) : Except Err Int :=
  if n < 0 ∨ k < 0 then Except.error Err.ValueError
  else Except.ok (Py.permNat n.toNat k.toNat : Int)

/-- `math.comb`. -/
def Py.comb (n k : Int) : Except Err Int :=
  if n < 0 ∨ k < 0 then Except.error Err.ValueError
  else Except.ok (Int.ofNat (Py.permNat n.toNat k.toNat / Py.factorialNat k.toNat))

/-- `pow(a, n, m)`. -/
def Py.powMod (a n m : Int) : Except Err Int :=
  if n < 0 then Except.error Err.OutsideSubset
  else if m = 0 then Except.error Err.ValueError
  else Except.ok (Int.fmod (a ^ n.toNat) m)

/-- Digits after a prefix, with the sign before it. -/
def Py.digits (base : Nat) (mark : List Char) (a : Int) : List Char :=
  (if a < 0 then ['-'] else []) ++ mark ++ Nat.toDigits base a.natAbs

/-- Python's `/` of floats. -/
def Py.floatDiv (a b : Float) : Except Err Float :=
  if b == Float.ofBits 0 then Except.error Err.ZeroDivisionError else Except.ok (a / b)

/-- `math.sqrt`. -/
def Py.floatSqrt (a : Float) : Except Err Float :=
  if decide (a < Float.ofBits 0) then Except.error Err.ValueError else Except.ok (Float.sqrt a)

/-- `chr(n)`. -/
def Py.chr (n : Int) : Except Err (List Char) :=
  if n < -2147483648 ∨ 2147483647 < n then Except.error Err.OverflowError
  else if n < 0 ∨ 1114111 < n then Except.error Err.ValueError
  else if 55296 ≤ n ∧ n ≤ 57343 then Except.error Err.OutsideSubset
  else Except.ok [Char.ofNat n.toNat]

/-- `ord(s)`. -/
def Py.ord (s : List Char) : Except Err Int :=
  match s with
  | [c] => Except.ok (c.toNat : Int)
  | _ => Except.error Err.TypeError
