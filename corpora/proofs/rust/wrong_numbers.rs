//! Wrong arithmetic: overflow, wrong comparisons, missed cases.

/// The classic: the sum of two places in range need not be in range.
#[requires(low <= high)]
#[ensures(|m| low <= *m && *m <= high)]
pub fn middle_overflows(low: u32, high: u32) -> u32 { // expect: refuted
    (low + high) / 2
}

/// Wraps where it should saturate.
#[ensures(|s| *s >= a && *s >= b)]
pub fn add_wrapping(a: u8, b: u8) -> u8 { // expect: refuted
    a.wrapping_add(b)
}

/// The least value has no opposite.
#[ensures(|r| *r >= 0)]
pub fn absolute(x: i32) -> i32 { // expect: refuted
    if x < 0 {
        -x
    } else {
        x
    }
}

/// The remainder of a negative number is negative.
#[requires(m > 0)]
#[ensures(|r| 0 <= *r && *r < m)]
pub fn modulo_of_negative(a: i32, m: i32) -> i32 { // expect: refuted
    a % m
}

/// Rounds up by adding first.
#[requires(d > 0)]
#[ensures(|q| *q as u64 * d as u64 >= n as u64)]
pub fn div_ceil_overflows(n: u32, d: u32) -> u32 { // expect: refuted
    (n + d - 1) / d
}

/// The distance is not always forward.
#[ensures(|d| *d == a || *d == b || *d <= a.max(b))]
pub fn distance(a: u64, b: u64) -> u64 { // expect: refuted
    a - b
}

/// A factor of n itself is reached, too.
#[ensures(|p| *p == (n >= 2 && (2..n).all(|d| n % d != 0)))]
pub fn is_prime_inclusive(n: u32) -> bool { // expect: refuted
    if n < 2 {
        return false;
    }
    for d in 2..=n {
        if n % d == 0 {
            return false;
        }
    }
    true
}

/// The sums of large elements do not fit.
#[requires(xs.len() <= 1000)]
#[ensures(|s| xs.iter().all(|&x| x as u64 <= *s as u64))]
pub fn total_in_place(xs: &[u32]) -> u32 { // expect: refuted
    let mut s = 0;
    for &x in xs {
        s += x;
    }
    s
}

/// Stops one too early.
#[requires(n <= 1000)]
#[ensures(|s| *s == n * (n + 1) / 2)]
pub fn triangular_exclusive(n: u32) -> u32 { // expect: refuted
    let mut s = 0;
    for i in 1..n {
        s += i;
    }
    s
}

/// Centuries are no leap years, but some are.
#[ensures(|leap| *leap == (year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)))]
pub fn is_leap_simple(year: u32) -> bool { // expect: refuted
    year % 4 == 0 && year % 100 != 0
}

/// A month too many.
#[ensures(|d| d.is_some() == (1 <= month && month <= 12))]
pub fn days_in_month_zero(month: u8) -> Option<u8> { // expect: refuted
    match month {
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(28),
        m if m <= 12 => Some(31),
        _ => None,
    }
}

/// A cast that cuts.
#[ensures(|r| match r { Some(v) => *v as i64 == x, None => x < 0 || x > 255 })]
pub fn to_byte_cut(x: i64) -> Option<u8> { // expect: refuted
    if x >= 0 && x <= 256 {
        Some(x as u8)
    } else {
        None
    }
}

/// A product of halves of the width is not narrow.
#[ensures(|p| *p as u64 == a as u64 * b as u64)]
pub fn multiply_narrow(a: u16, b: u16) -> u16 { // expect: refuted
    a.wrapping_mul(b)
}

/// The limit itself is allowed, one more is not.
#[ensures(|r| *r <= limit)]
pub fn bump_past(x: u8, limit: u8) -> u8 { // expect: refuted
    if x <= limit {
        x.saturating_add(1)
    } else {
        limit
    }
}

/// Not every letter stays one.
#[requires(97 <= b && b <= 122 && by < 26)]
#[ensures(|r| 97 <= *r && *r <= 122)]
pub fn shifted_past_z(b: u8, by: u8) -> u8 { // expect: refuted
    b + by
}

/// The root is rounded up.
#[requires(n < 10_000)]
#[ensures(|r| *r * *r <= n && (*r + 1) * (*r + 1) > n)]
pub fn isqrt_above(n: u32) -> u32 { // expect: refuted
    let mut r = 0;
    while r * r < n {
        r += 1;
    }
    r
}

/// The number zero has a digit.
#[ensures(|d| *d >= 1)]
pub fn digit_count_of_zero(n: u32) -> u32 { // expect: refuted
    let mut rest = n;
    let mut count = 0;
    while rest > 0 {
        rest /= 10;
        count += 1;
    }
    count
}

/// The rest may still be as large as the divisor.
#[requires(d > 0)]
#[ensures(|(q, r)| *r < d && *q as u64 * d as u64 + *r as u64 == n as u64)]
pub fn divide_short(n: u32, d: u32) -> (u32, u32) { // expect: refuted
    let (mut quotient, mut rest) = (0, n);
    while rest > d {
        rest -= d;
        quotient += 1;
    }
    (quotient, rest)
}

/// A base of ten has no digit ten.
#[requires(2 <= base && base <= 10)]
#[ensures(|r| match r { Ok(d) => *d < base, Err(e) => *e == c })]
pub fn digit_of_base(c: char, base: u32) -> Result<u32, char> { // expect: refuted
    let code = c as u32;
    if code < 48 || code > 48 + base {
        return Err(c);
    }
    Ok(code - 48)
}
