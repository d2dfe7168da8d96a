//! Least and greatest.

/// The greatest element.
#[requires(!xs.is_empty())]
#[ensures(|result| xs.contains(result) && xs.iter().all(|x| x <= result))]
pub fn largest(xs: &[i32]) -> i32 {
    let mut best = xs[0];
    for &x in xs.iter() {
        if x > best {
            best = x;
        }
    }
    best
}

/// The first place of the least element.
#[requires(xs.len() > 0)]
#[ensures(|at| *at < xs.len() && (0..xs.len()).all(|k| xs[*at] <= xs[k]))]
#[ensures(|at| (0..*at).all(|k| xs[*at] < xs[k]))]
pub fn argmin(xs: &[u64]) -> usize {
    let mut best = 0;
    for i in 1..xs.len() {
        if xs[i] < xs[best] {
            best = i;
        }
    }
    best
}

/// The greatest element, or nothing of nothing.
#[ensures(|result| match result {
    Some(best) => xs.contains(best) && xs.iter().all(|x| x <= best),
    None => xs.is_empty(),
})]
pub fn maximum(xs: &[i64]) -> Option<i64> {
    let mut best: Option<i64> = None;
    for &x in xs {
        best = match best {
            Some(b) if b >= x => Some(b),
            _ => Some(x),
        };
    }
    best
}

/// The least and the greatest element in one pass.
#[requires(!xs.is_empty())]
#[ensures(|(low, high)| xs.iter().all(|x| low <= x && x <= high))]
#[ensures(|(low, high)| xs.contains(low) && xs.contains(high))]
pub fn bounds(xs: &[i16]) -> (i16, i16) {
    let mut low = xs[0];
    let mut high = xs[0];
    for i in 1..xs.len() {
        if xs[i] < low {
            low = xs[i];
        } else if xs[i] > high {
            high = xs[i];
        }
    }
    (low, high)
}

/// The middle one of three.
#[ensures(|m| *m == a || *m == b || *m == c)]
#[ensures(|m| (*m >= a || *m >= b) && (*m >= b || *m >= c) && (*m >= a || *m >= c))]
#[ensures(|m| (*m <= a || *m <= b) && (*m <= b || *m <= c) && (*m <= a || *m <= c))]
pub fn median3(a: i32, b: i32, c: i32) -> i32 {
    if a < b {
        if b < c {
            b
        } else if a < c {
            c
        } else {
            a
        }
    } else if a < c {
        a
    } else {
        b.max(c)
    }
}

/// How far apart the extremes are, without overflow.
#[requires(!xs.is_empty())]
#[ensures(|d| (0..xs.len()).all(|i| xs[i].abs_diff(xs[0]) <= *d))]
pub fn spread(xs: &[i32]) -> u32 {
    let mut low = xs[0];
    let mut high = xs[0];
    for &x in &xs[1..] {
        low = low.min(x);
        high = high.max(x);
    }
    high.abs_diff(low)
}

/// The longest of three runs, and which it is.
#[ensures(|(which, length)| *length >= a && *length >= b && *length >= c && *which < 3)]
#[ensures(|(which, length)| *length == match which { 0 => a, 1 => b, _ => c })]
pub fn longest_of(a: usize, b: usize, c: usize) -> (u8, usize) {
    if a >= b && a >= c {
        (0, a)
    } else if b >= c {
        (1, b)
    } else {
        (2, c)
    }
}

/// The most that was gained by buying once and selling later.
#[ensures(|gain| (0..prices.len()).all(|j| (0..j).all(|i| prices[j].saturating_sub(prices[i]) <= *gain)))]
pub fn best_gain(prices: &[u32]) -> u32 {
    let mut cheapest = u32::MAX;
    let mut gain = 0;
    for &price in prices {
        if price < cheapest {
            cheapest = price;
        } else {
            gain = gain.max(price - cheapest);
        }
    }
    gain
}

/// The greatest prefix of what is still ascending.
#[ensures(|n| *n <= xs.len() && (1..*n).all(|k| xs[k - 1] < xs[k]))]
#[ensures(|n| *n == xs.len() || (*n > 0 && xs[*n - 1] >= xs[*n]))]
pub fn ascending_prefix(xs: &[u8]) -> usize {
    if xs.is_empty() {
        return 0;
    }
    let mut n = 1;
    while n < xs.len() && xs[n - 1] < xs[n] {
        n += 1;
    }
    n
}
