//! Sums and counts with the arithmetic of machines.

/// The exact sum of not too many elements.
#[requires(xs.len() <= 1_000_000)]
#[ensures(|result| *result == xs.iter().map(|&x| x as i64).sum::<i64>())]
pub fn total(xs: &[i32]) -> i64 {
    let mut acc = 0i64;
    for &x in xs {
        acc += x as i64;
    }
    acc
}

/// How many elements lie in a range.
#[ensures(|n| *n == xs.iter().filter(|&&x| low <= x && x < high).count())]
pub fn count_between(xs: &[i32], low: i32, high: i32) -> usize {
    let mut n = 0;
    for &x in xs {
        if low <= x && x < high {
            n += 1;
        }
    }
    n
}

/// The same by an iterator chain.
#[ensures(|n| *n <= xs.len())]
#[ensures(|n| xs.iter().all(|&x| x % 2 != 0) == (*n == 0))]
pub fn count_even(xs: &[u32]) -> usize {
    xs.iter().filter(|x| *x % 2 == 0).count()
}

/// 1 + 2 + … + n, by adding up.
#[requires(n <= 10_000)]
#[ensures(|s| *s == n * (n + 1) / 2)]
pub fn triangular(n: u32) -> u32 {
    let mut s = 0;
    for i in 1..=n {
        s += i;
    }
    s
}

/// The sum of the first n odd numbers is a square.
#[requires(n < 60_000)]
#[ensures(|s| *s == n * n)]
pub fn sum_of_odds(n: u32) -> u32 {
    let mut s = 0;
    let mut i = 0;
    let mut odd = 1;
    while i < n {
        s += odd;
        odd += 2;
        i += 1;
    }
    s
}

/// 0² + 1² + … + n².
#[requires(n <= 1000)]
#[ensures(|s| *s * 6 == n * (n + 1) * (2 * n + 1))]
pub fn sum_of_squares(n: u64) -> u64 {
    let mut s = 0u64;
    let mut k = 0u64;
    while k < n {
        k += 1;
        s += k * k;
    }
    s
}

/// A sum that stops at the top of the type.
#[ensures(|s| xs.iter().all(|&x| x <= *s))]
pub fn saturating_total(xs: &[u16]) -> u16 {
    let mut s = 0u16;
    for &x in xs {
        s = s.saturating_add(x);
    }
    s
}

/// A sum, unless it overflows on the way.
#[ensures(|result| match result {
    Some(s) => xs.iter().all(|x| x <= s),
    None => !xs.is_empty(),
})]
pub fn checked_total(xs: &[u32]) -> Option<u32> {
    let mut s = 0u32;
    for &x in xs {
        s = s.checked_add(x)?;
    }
    Some(s)
}

/// Both addends or nothing.
#[ensures(|r| *r == if a as u16 + b as u16 <= 255 { Some((a as u16 + b as u16) as u8) } else { None })]
pub fn add_bytes(a: u8, b: u8) -> Option<u8> {
    a.checked_add(b)
}

/// A checksum modulo 256.
#[ensures(|s| *s as u64 == bytes.iter().map(|&b| b as u64).sum::<u64>() % 256)]
#[requires(bytes.len() < 1_000_000)]
pub fn checksum(bytes: &[u8]) -> u8 {
    let mut s = 0u8;
    for &b in bytes {
        s = s.wrapping_add(b);
    }
    s
}

/// The scalar product of two short vectors.
#[requires(a.len() == b.len() && a.len() <= 1000)]
#[ensures(|r| *r == (0..a.len()).map(|k| a[k] as i64 * b[k] as i64).sum::<i64>())]
pub fn dot(a: &[i16], b: &[i16]) -> i64 {
    let mut acc = 0;
    for i in 0..a.len() {
        acc += a[i] as i64 * b[i] as i64;
    }
    acc
}

/// The same by `zip`; no more than it can be.
#[requires(a.len() <= 100)]
#[ensures(|r| *r <= 100 * 255 * 255)]
pub fn dot_bytes(a: &[u8], b: &[u8]) -> u32 {
    a.iter().zip(b.iter()).map(|(x, y)| *x as u32 * *y as u32).sum()
}

/// The mean, rounded down, lies between the extremes.
#[requires(!xs.is_empty() && xs.len() < 100_000)]
#[ensures(|m| *m == (xs.iter().map(|&x| x as u64).sum::<u64>() / xs.len() as u64) as u32)]
pub fn mean(xs: &[u32]) -> u32 {
    let sum: u64 = xs.iter().map(|&x| x as u64).sum();
    (sum / xs.len() as u64) as u32
}

/// How many places differ.
#[requires(a.len() == b.len())]
#[ensures(|n| *n == (0..a.len()).filter(|&k| a[k] != b[k]).count())]
#[ensures(|n| (*n == 0) == (0..a.len()).all(|k| a[k] == b[k]))]
pub fn hamming(a: &[u8], b: &[u8]) -> usize {
    let mut n = 0;
    for i in 0..a.len() {
        if a[i] != b[i] {
            n += 1;
        }
    }
    n
}

/// Ones of a slice of flags, as an `u32`.
#[requires(flags.len() < 4_000_000_000)]
#[ensures(|n| *n as usize == flags.iter().filter(|&&f| f).count())]
pub fn population(flags: &[bool]) -> u32 {
    let mut n = 0;
    for &f in flags {
        n += f as u32;
    }
    n
}
