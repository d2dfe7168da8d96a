//! Functions of any type that can be compared.

/// The greater one of two.
#[ensures(|m| *m >= a && *m >= b && (*m == a || *m == b))]
pub fn max_of<T: Ord + Copy>(a: T, b: T) -> T {
    if a >= b {
        a
    } else {
        b
    }
}

/// Whether neighbours are in order.
#[ensures(|r| *r == (1..xs.len()).all(|i| xs[i - 1] <= xs[i]))]
pub fn is_sorted<T: Ord>(xs: &[T]) -> bool {
    for i in 1..xs.len() {
        if xs[i - 1] > xs[i] {
            return false;
        }
    }
    true
}

/// Whether all elements are the same.
#[ensures(|r| *r == (0..xs.len()).all(|i| xs[i] == xs[0]))]
pub fn all_equal<T: Eq>(xs: &[T]) -> bool {
    let mut i = 1;
    while i < xs.len() {
        if xs[i] != xs[0] {
            return false;
        }
        i += 1;
    }
    true
}

/// How often a value occurs, at most as often as there are places.
#[ensures(|n| *n <= xs.len() && (*n == 0) == (0..xs.len()).all(|i| xs[i] != *value))]
pub fn occurrences<T: Eq>(xs: &[T], value: &T) -> usize {
    let mut n = 0;
    for x in xs {
        if x == value {
            n += 1;
        }
    }
    n
}

/// The place of a least element.
#[requires(!xs.is_empty())]
#[ensures(|at| *at < xs.len() && (0..xs.len()).all(|i| xs[*at] <= xs[i]))]
pub fn min_index<T: Ord>(xs: &[T]) -> usize {
    let mut at = 0;
    for i in 1..xs.len() {
        if xs[i] < xs[at] {
            at = i;
        }
    }
    at
}

/// The other way round.
#[ensures(|r| r.0 == pair.1 && r.1 == pair.0)]
pub fn swapped<A: Copy, B: Copy>(pair: (A, B)) -> (B, A) {
    (pair.1, pair.0)
}

/// The first element, or something else.
#[ensures(|r| if xs.is_empty() { *r == default } else { *r == xs[0] })]
pub fn first_or<T: Copy + Eq>(xs: &[T], default: T) -> T {
    match xs {
        [first, ..] => *first,
        [] => default,
    }
}

/// A value between two others.
#[requires(low <= high)]
#[ensures(|r| low <= *r && *r <= high)]
pub fn clamped<T: Ord + Copy>(x: T, low: T, high: T) -> T {
    if x < low {
        low
    } else if x > high {
        high
    } else {
        x
    }
}
