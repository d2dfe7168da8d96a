// Dafny 2, printed from /tmp/unseen/huge.py.

// big, line 5
function method big(n: int): int
  requires n >= 1
  ensures big(n) < 5
{
  Pow(10, n * 5000)
}

// big_arg, line 10
function method big_arg(n: int): int
  requires n >= Pow(10, 6000)
  ensures big_arg(n) < n
{
  n
}

// plain, line 13
function method plain(n: int): int
{
  if n > Pow(10, 4400) then
    1
  else
    Pow(7, 6000)
}

// What the functions above lean on.

function method Pow(a: int, n: int): int
  requires n >= 0
  ensures a > 0 ==> Pow(a, n) > 0
  decreases n
{
  if n == 0 then 1 else Pow(a, n - 1) * a
}
