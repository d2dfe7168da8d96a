//! Functions that call themselves.

/// 0 + 1 + … + n.
#[requires(n <= 60_000)]
#[ensures(|s| *s == n * (n + 1) / 2)]
pub fn sum_to(n: u32) -> u32 {
    if n == 0 {
        0
    } else {
        n + sum_to(n - 1)
    }
}

/// Euclid's algorithm as he told it.
#[requires(a > 0)]
#[ensures(|d| *d > 0 && *d <= a && a % *d == 0 && b % *d == 0)]
pub fn gcd_recursive(a: u32, b: u32) -> u32 {
    if b == 0 {
        a
    } else if a % b == 0 {
        b
    } else {
        gcd_recursive(b, a % b)
    }
}

/// The last element of what is not empty, found the long way.
#[requires(!xs.is_empty())]
#[ensures(|r| *r == xs[xs.len() - 1])]
pub fn last(xs: &[i32]) -> i32 {
    if xs.len() == 1 {
        xs[0]
    } else {
        last(&xs[1..])
    }
}

/// Whether a value occurs.
#[ensures(|r| *r == xs.contains(&key))]
pub fn member(xs: &[u16], key: u16) -> bool {
    match xs {
        [] => false,
        [first, rest @ ..] => *first == key || member(rest, key),
    }
}

/// The greatest element.
#[requires(xs.len() > 0)]
#[ensures(|m| (0..xs.len()).all(|i| xs[i] <= *m))]
pub fn maximum_recursive(xs: &[i64]) -> i64 {
    if xs.len() == 1 {
        return xs[0];
    }
    let rest = maximum_recursive(&xs[1..]);
    if rest > xs[0] {
        rest
    } else {
        xs[0]
    }
}

/// Binary search on a range of places.
#[requires(low <= high && high <= xs.len())]
#[requires((0..xs.len()).all(|i| (0..i).all(|j| xs[j] <= xs[i])))]
#[ensures(|r| match r {
    Some(at) => low <= *at && *at < high && xs[*at] == key,
    None => (low..high).all(|i| xs[i] != key),
})]
pub fn search_between(xs: &[i32], key: i32, low: usize, high: usize) -> Option<usize> {
    if low == high {
        return None;
    }
    let mid = low + (high - low) / 2;
    if xs[mid] == key {
        Some(mid)
    } else if xs[mid] < key {
        search_between(xs, key, mid + 1, high)
    } else {
        search_between(xs, key, low, mid)
    }
}

/// How many halvings until nothing is left.
#[ensures(|h| *h <= 64 && (*h == 0) == (n == 0))]
pub fn halvings(n: u64) -> u32 {
    if n == 0 {
        0
    } else {
        1 + halvings(n / 2).min(63)
    }
}

/// Even is one more than odd.
#[ensures(|r| *r == (n % 2 == 0))]
pub fn is_even(n: u8) -> bool {
    if n == 0 {
        true
    } else {
        !is_even(n - 1)
    }
}
