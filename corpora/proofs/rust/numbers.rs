//! Numbers: division, powers, digits, and what fits.

/// The greatest common divisor, by remainders.
#[requires(a > 0 || b > 0)]
#[ensures(|d| *d > 0 && a % *d == 0 && b % *d == 0)]
pub fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        let rest = a % b;
        a = b;
        b = rest;
    }
    a
}

/// Quotient and remainder by subtraction.
#[requires(d > 0)]
#[ensures(|(q, r)| *q as u64 * d as u64 + *r as u64 == n as u64 && *r < d)]
pub fn divide(n: u32, d: u32) -> (u32, u32) {
    let mut quotient = 0;
    let mut rest = n;
    while rest >= d {
        rest -= d;
        quotient += 1;
    }
    (quotient, rest)
}

/// Division that rounds up, without overflow.
#[requires(d > 0)]
#[ensures(|q| *q as u64 * d as u64 >= n as u64 && (n == 0 || (*q as u64 - 1) * (d as u64) < n as u64))]
pub fn div_ceil(n: u32, d: u32) -> u32 {
    if n == 0 {
        0
    } else {
        (n - 1) / d + 1
    }
}

/// The integral square root, step by step.
#[ensures(|r| *r as u64 * *r as u64 <= n as u64 && (*r as u64 + 1) * (*r as u64 + 1) > n as u64)]
pub fn isqrt(n: u32) -> u32 {
    let mut r = 0u64;
    while (r + 1) * (r + 1) <= n as u64 {
        r += 1;
    }
    r as u32
}

/// The same by halving an interval.
#[ensures(|r| (*r as u64) * (*r as u64) <= n as u64)]
#[ensures(|r| (*r as u64 + 1) * (*r as u64 + 1) > n as u64)]
pub fn isqrt_bisect(n: u32) -> u32 {
    let mut low: u64 = 0;
    let mut high: u64 = n as u64 + 1;
    while low + 1 < high {
        let mid = (low + high) / 2;
        if mid * mid <= n as u64 {
            low = mid;
        } else {
            high = mid;
        }
    }
    low as u32
}

/// Whether no number from 2 below n divides it.
#[ensures(|p| *p == (n >= 2 && (2..n).all(|d| n % d != 0)))]
pub fn is_prime(n: u32) -> bool {
    if n < 2 {
        return false;
    }
    let mut d = 2;
    while d < n {
        if n % d == 0 {
            return false;
        }
        d += 1;
    }
    true
}

/// The product by adding, for a factor that is counted down.
#[ensures(|p| *p == a as u64 * b as u64)]
pub fn multiply(a: u32, b: u32) -> u64 {
    let mut product = 0u64;
    let mut left = b;
    while left > 0 {
        product += a as u64;
        left -= 1;
    }
    product
}

/// The product by doubling and halving.
#[requires(a < 65536 && b < 65536)]
#[ensures(|p| *p == a * b)]
pub fn russian_multiply(a: u64, b: u64) -> u64 {
    let (mut x, mut y, mut acc) = (a, b, 0u64);
    while y > 0 {
        if y % 2 == 1 {
            acc += x;
        }
        x *= 2;
        y /= 2;
    }
    acc
}

/// 2 to the n.
#[requires(n < 64)]
#[ensures(|p| *p == 2u64.pow(n))]
pub fn power_of_two(n: u32) -> u64 {
    let mut p = 1;
    for _ in 0..n {
        p *= 2;
    }
    p
}

/// How many decimal digits a number has.
#[ensures(|d| *d >= 1 && *d <= 10)]
#[ensures(|d| (n < 10) == (*d == 1))]
pub fn digit_count(n: u32) -> u32 {
    let mut rest = n;
    let mut count = 1;
    while rest >= 10 {
        rest /= 10;
        count += 1;
    }
    count
}

/// The sum of the decimal digits.
#[ensures(|s| *s <= 9 * 10 && *s <= n)]
pub fn digit_sum(mut n: u32) -> u32 {
    let mut sum = 0;
    while n > 0 {
        sum += n % 10;
        n /= 10;
    }
    sum
}

/// The digits, least first.
#[ensures(|out| out.iter().all(|&d| d < 10))]
#[ensures(|out| out.is_empty() == (n == 0))]
pub fn digits(mut n: u32) -> Vec<u8> {
    let mut out = Vec::new();
    while n > 0 {
        out.push((n % 10) as u8);
        n /= 10;
    }
    out
}

/// The factorial of what is small enough.
#[requires(n <= 20)]
#[ensures(|f| *f >= 1 && *f >= n)]
pub fn factorial(n: u64) -> u64 {
    let mut f: u64 = 1;
    let mut i = 1;
    while i <= n {
        f = f.checked_mul(i).unwrap_or(u64::MAX);
        i += 1;
    }
    f
}

/// Overflow is told, not wrapped.
#[ensures(|r| match r {
    Ok(v) => *v as i64 == a as i64 * b as i64,
    Err(_) => a as i64 * b as i64 > i32::MAX as i64 || (a as i64 * b as i64) < i32::MIN as i64,
})]
pub fn safe_mul(a: i32, b: i32) -> Result<i32, String> {
    match a.checked_mul(b) {
        Some(v) => Ok(v),
        None => Err("overflow".to_string()),
    }
}

/// The middle of two numbers, rounded down.
#[ensures(|m| *m as u64 == (a as u64 + b as u64) / 2)]
pub fn midpoint(a: u32, b: u32) -> u32 {
    if a < b {
        a + (b - a) / 2
    } else {
        b + (a - b) / 2
    }
}

/// Remainder that is never negative.
#[requires(m > 0)]
#[ensures(|r| 0 <= *r && *r < m && (a as i64 - *r as i64) % m as i64 == 0)]
pub fn modulo(a: i32, m: i32) -> i32 {
    let r = a % m;
    if r < 0 {
        r + m
    } else {
        r
    }
}

/// A value within its limits.
#[requires(low <= high)]
#[ensures(|r| low <= *r && *r <= high && (x < low || x > high || *r == x))]
pub fn clamp(x: i64, low: i64, high: i64) -> i64 {
    match x {
        x if x < low => low,
        x if x > high => high,
        _ => x,
    }
}

/// Years of 366 days.
#[ensures(|leap| *leap == (year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)))]
pub fn is_leap(year: u32) -> bool {
    if year % 400 == 0 {
        true
    } else if year % 100 == 0 {
        false
    } else {
        year % 4 == 0
    }
}

/// Days of a month, unless there is no such month.
#[ensures(|d| match d { Some(days) => 28 <= *days && *days <= 31 && 1 <= month && month <= 12,
                        None => month == 0 || month > 12 })]
#[ensures(|d| month != 2 || *d == Some(if leap { 29 } else { 28 }))]
pub fn days_in_month(month: u8, leap: bool) -> Option<u8> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if leap => Some(29),
        2 => Some(28),
        _ => None,
    }
}

/// The n-th Fibonacci number, as far as an `u64` goes.
#[requires(n <= 90)]
#[ensures(|f| *f == fib(n))]
pub fn fibonacci(n: u32) -> u64 {
    let (mut a, mut b) = (0u64, 1u64);
    for _ in 0..n {
        let next = a.wrapping_add(b);
        a = b;
        b = next;
    }
    a
}

/// What Fibonacci numbers are.
fn fib(n: u32) -> u64 {
    if n < 2 {
        n as u64
    } else {
        fib(n - 1).wrapping_add(fib(n - 2))
    }
}

/// A sign as a number.
#[ensures(|s| (*s == 0) == (x == 0) && (*s > 0) == (x > 0) && -1 <= *s && *s <= 1)]
pub fn sign(x: i64) -> i32 {
    if x > 0 {
        1
    } else if x < 0 {
        -1
    } else {
        0
    }
}

/// The absolute value always fits the unsigned type.
#[ensures(|r| if x >= 0 { *r as i64 == x as i64 } else { *r as i64 == -(x as i64) })]
pub fn magnitude(x: i32) -> u32 {
    if x < 0 {
        (x as i64).wrapping_neg() as u32
    } else {
        x as u32
    }
}
