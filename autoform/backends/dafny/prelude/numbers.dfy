// Integers: division, powers, bits, number theory. Dafny's own `/` and `%` are Euclidean.

// Python's `//`: rounded towards minus infinity.
function FloorDiv(a: int, b: int): int
  requires b != 0
{
  if b > 0 then a / b else (-a) / (-b)
}

// Python's `%`: the sign of the divisor.
function FloorMod(a: int, b: int): int
  requires b != 0
  ensures b > 0 ==> 0 <= FloorMod(a, b) < b
  ensures b < 0 ==> b < FloorMod(a, b) <= 0
{
  if b > 0 then a % b else -((-a) % (-b))
}

// Rust's `/`: rounded towards zero.
function TruncDiv(a: int, b: int): int
  requires b != 0
{
  if a >= 0 then a / b else -((-a) / b)
}

// Rust's `%`: the sign of the dividend.
function TruncRem(a: int, b: int): int
  requires b != 0
{
  if a >= 0 then a % b else -((-a) % b)
}

function Abs(a: int): int
  ensures Abs(a) >= 0
{
  if a < 0 then -a else a
}

function Sign(a: int): int
{
  if a < 0 then -1 else if a > 0 then 1 else 0
}

function Min(a: int, b: int): int
{
  if b < a then b else a
}

function Max(a: int, b: int): int
{
  if b > a then b else a
}

// `b` when it comes first by `less`, else `a`.
function MinBy2<T>(a: T, b: T, less: (T, T) -> bool): T
{
  if less(b, a) then b else a
}

function MaxBy2<T>(a: T, b: T, less: (T, T) -> bool): T
{
  if less(a, b) then b else a
}

// `a & b` on booleans, which evaluates both.
function Both(a: bool, b: bool): bool
{
  a && b
}

// `a | b` on booleans, which evaluates both.
function Either(a: bool, b: bool): bool
{
  a || b
}

function BoolToInt(b: bool): int
{
  if b then 1 else 0
}

function Pow(a: int, n: int): int
  requires n >= 0
  ensures a > 0 ==> Pow(a, n) > 0
  decreases n
{
  if n == 0 then 1 else Pow(a, n - 1) * a
}

// Two's complement of any width: -1 is all ones.
function BitAnd(a: int, b: int): int
  ensures a >= 0 ==> 0 <= BitAnd(a, b) <= a
  ensures b >= 0 ==> 0 <= BitAnd(a, b) <= b
  decreases Abs(a)
{
  if a == 0 then 0
  else if a == -1 then b
  else 2 * BitAnd(a / 2, b / 2) + (a % 2) * (b % 2)
}

function BitOr(a: int, b: int): int
{
  -1 - BitAnd(-1 - a, -1 - b)
}

function BitXor(a: int, b: int): int
{
  BitOr(a, b) - BitAnd(a, b)
}

// A product with a positive factor is no smaller.
lemma ProductGrows(k: int, b: int)
  requires k >= 0 && b > 0
  ensures k * b >= k
  decreases k
{
  if k > 0 {
    ProductGrows(k - 1, b);
    assert k * b == (k - 1) * b + b;
  }
}

// `a / b` lies between a and zero.
lemma QuotientShrinks(a: int, b: int)
  requires b > 0
  ensures a >= 0 ==> 0 <= a / b <= a
  ensures a < 0 ==> a <= a / b < 0
{
  var q := a / b;
  var next := q + 1;
  assert q * b <= a < next * b;
  if q >= 0 {
    ProductGrows(q, b);
  } else {
    ProductGrows(-next, b);
    assert (-next) * b == -(next * b);
  }
}

// `a << n`
function ShiftLeft(a: int, n: int): int
  requires n >= 0
{
  a * Pow(2, n)
}

// `a >> n`, rounded towards minus infinity.
function ShiftRight(a: int, n: int): int
  requires n >= 0
{
  a / Pow(2, n)
}

// Bits of |a| without leading zeros.
function BitLength(a: int): int
  ensures BitLength(a) >= 0
  decreases Abs(a)
{
  if a == 0 then 0 else 1 + BitLength(Abs(a) / 2)
}

// Ones in |a|.
function BitCount(a: int): int
  ensures BitCount(a) >= 0
  decreases Abs(a)
{
  if a == 0 then 0 else Abs(a) % 2 + BitCount(Abs(a) / 2)
}

// Zeros below the lowest one of a > 0.
function LowZeros(a: int): int
  requires a > 0
  ensures LowZeros(a) >= 0
{
  if a % 2 == 1 then 0 else 1 + LowZeros(a / 2)
}

// a modulo m into [-m/2, m/2), for an even m.
function WrapSigned(a: int, m: int): int
  requires m > 0 && m % 2 == 0
  ensures -(m / 2) <= WrapSigned(a, m) < m / 2
{
  (a + m / 2) % m - m / 2
}

function Clamp(a: int, low: int, high: int): int
  requires low <= high
  ensures low <= Clamp(a, low, high) <= high
{
  if a < low then low else if a > high then high else a
}

function Gcd(a: int, b: int): int
  ensures Gcd(a, b) >= 0
  ensures a != 0 || b != 0 ==> Gcd(a, b) > 0
  decreases Abs(b)
{
  if b == 0 then Abs(a) else Gcd(b, Abs(a) % Abs(b))
}

function Lcm(a: int, b: int): int
{
  if a == 0 || b == 0 then 0 else Abs(a) / Gcd(a, b) * Abs(b)
}

// floor(sqrt(a))
function Isqrt(a: int): int
  requires a >= 0
  ensures Isqrt(a) >= 0
  ensures Isqrt(a) * Isqrt(a) <= a < (Isqrt(a) + 1) * (Isqrt(a) + 1)
{
  if a == 0 then 0
  else
    var half := Isqrt(a / 4);
    var r := 2 * half;
    assert r * r == 4 * (half * half);
    assert (r + 2) * (r + 2) == 4 * ((half + 1) * (half + 1));
    if (r + 1) * (r + 1) <= a then r + 1 else r
}

// floor(log_base(a))
function IntLog(a: int, base: int): int
  requires a > 0 && base >= 2
  ensures IntLog(a, base) >= 0
  decreases a
{
  if a < base then 0 else 1 + IntLog(a / base, base)
}

function Factorial(n: int): int
  requires n >= 0
  ensures Factorial(n) > 0
{
  if n == 0 then 1 else Factorial(n - 1) * n
}

// n (n - 1) ... (n - k + 1)
function FallingFactorial(n: int, k: int): int
  requires n >= 0 && k >= 0
  decreases k
{
  if k > n then 0 else if k == 0 then 1 else FallingFactorial(n, k - 1) * (n - k + 1)
}

function Comb(n: int, k: int): int
  requires n >= 0 && k >= 0
{
  if k > n then 0 else FallingFactorial(n, k) / Factorial(k)
}

// Python's `pow(a, n, m)`.
function PowMod(a: int, n: int, m: int): int
  requires n >= 0 && m != 0
  decreases n
{
  if n == 0 then FloorMod(1, m)
  else
    var half := PowMod(a, n / 2, m);
    if n % 2 == 0 then FloorMod(half * half, m) else FloorMod(half * half * a, m)
}

// Python's `round(i, n)` on an integer: half to even at the place -n.
function RoundIntDigits(a: int, digits: int): int
{
  if digits >= 0 then a
  else
    var unit := Pow(10, -digits);
    unit * RoundHalfEven(a, unit)
}

// The integer nearest to a / b, ties to even.
function RoundHalfEven(a: int, b: int): int
  requires b > 0
{
  var q := a / b;
  var r := 2 * (a % b);
  if r < b || (r == b && q % 2 == 0) then q else q + 1
}
