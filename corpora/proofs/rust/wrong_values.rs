//! Wrong functions of structs, enums and types that can be compared.

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Account {
    Closed,
    Open { balance: u64, limit: u64 },
}

/// An end before the start has no length.
#[ensures(|n| *n <= s.end)]
pub fn span_length(s: Span) -> u32 { // expect: refuted
    s.end - s.start
}

/// Spans that only touch do not share a place.
#[requires(a.start < a.end && b.start < b.end)]
#[ensures(|r| *r == (a.start.max(b.start) < a.end.min(b.end)))]
pub fn spans_touch(a: Span, b: Span) -> bool { // expect: refuted
    a.start <= b.end && b.start <= a.end
}

/// The limit is credit, not a part of the balance.
#[ensures(|r| match account { Account::Open { balance, .. } => *r == balance.checked_sub(amount),
                              Account::Closed => r.is_none() })]
pub fn withdraw_with_limit(account: &Account, amount: u64) -> Option<u64> { // expect: refuted
    match account {
        Account::Closed => None,
        Account::Open { balance, limit } => balance.saturating_add(*limit).checked_sub(amount),
    }
}

/// What is equal is not strictly ascending.
#[ensures(|r| *r == (1..xs.len()).all(|i| xs[i - 1] < xs[i]))]
pub fn is_strictly_sorted<T: Ord>(xs: &[T]) -> bool { // expect: refuted
    for i in 1..xs.len() {
        if xs[i - 1] > xs[i] {
            return false;
        }
    }
    true
}

/// The lesser one of two.
#[ensures(|m| *m >= a && *m >= b)]
pub fn max_reversed<T: Ord + Copy>(a: T, b: T) -> T { // expect: refuted
    if a > b {
        b
    } else {
        a
    }
}

/// What is not there has no value.
#[ensures(|r| *r >= 0)]
pub fn unwrapped(a: Option<u8>, b: Option<u8>) -> i32 { // expect: refuted
    a.unwrap() as i32 - b.unwrap_or(0) as i32
}

/// Reads a neighbour that the last row does not have.
#[ensures(|n| *n <= m.len())]
pub fn equal_neighbours(m: &[Vec<u8>]) -> usize { // expect: refuted
    let mut n = 0;
    for i in 0..m.len() {
        if m[i] == m[i + 1] {
            n += 1;
        }
    }
    n
}

/// Rows may have different lengths.
#[ensures(|r| *r == (0..m.len()).all(|i| m[i].len() == m.len()))]
pub fn square_by_first(m: &[Vec<i32>]) -> bool { // expect: refuted
    m.is_empty() || m[0].len() == m.len()
}

/// The rest of an empty slice has no first element.
#[ensures(|s| xs.is_empty() || *s >= xs[0] as u64)]
pub fn sum_recursive(xs: &[u32]) -> u64 { // expect: refuted
    xs[0] as u64 + if xs.len() > 1 { sum_recursive(&xs[1..]) } else { 0 }
}
