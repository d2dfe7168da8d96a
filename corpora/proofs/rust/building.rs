//! Vectors that are built.

/// The numbers below n.
#[ensures(|out| out.len() == n as usize && (0..out.len()).all(|i| out[i] as usize == i))]
pub fn iota(n: u32) -> Vec<u32> {
    let mut out = Vec::with_capacity(n as usize);
    for i in 0..n {
        out.push(i);
    }
    out
}

/// The squares of small numbers.
#[ensures(|out| out.len() == xs.len() && (0..xs.len()).all(|i| out[i] == xs[i] as i32 * xs[i] as i32))]
pub fn squares(xs: &[i8]) -> Vec<i32> {
    let mut out = Vec::new();
    for &x in xs {
        out.push(x as i32 * x as i32);
    }
    out
}

/// The same by an iterator chain, in another width.
#[ensures(|out| out.len() == xs.len() && (0..xs.len()).all(|i| out[i] == xs[i] as u32 * 2))]
pub fn doubled(xs: &[u16]) -> Vec<u32> {
    xs.iter().map(|&x| x as u32 * 2).collect()
}

/// What is positive, in order.
#[ensures(|out| out.iter().all(|&x| x > 0) && out.len() <= xs.len())]
#[ensures(|out| out.iter().all(|x| xs.contains(x)))]
pub fn positives(xs: &[i32]) -> Vec<i32> {
    let mut out = vec![];
    for &x in xs {
        if x > 0 {
            out.push(x);
        }
    }
    out
}

/// The places of `key`, ascending.
#[ensures(|out| out.iter().all(|&i| i < xs.len() && xs[i] == key))]
#[ensures(|out| (1..out.len()).all(|k| out[k - 1] < out[k]))]
pub fn places_of(xs: &[u8], key: u8) -> Vec<usize> {
    let mut out = Vec::new();
    for (i, &x) in xs.iter().enumerate() {
        if x == key {
            out.push(i);
        }
    }
    out
}

/// The sum of two vectors, wrapping around.
#[requires(a.len() == b.len())]
#[ensures(|out| out.len() == a.len())]
#[ensures(|out| (0..a.len()).all(|i| out[i] == a[i].wrapping_add(b[i])))]
pub fn add_vectors(a: &[u32], b: &[u32]) -> Vec<u32> {
    a.iter().zip(b).map(|(x, y)| x.wrapping_add(*y)).collect()
}

/// A copy, back to front.
#[ensures(|out| out.len() == xs.len() && (0..xs.len()).all(|i| out[i] == xs[xs.len() - 1 - i]))]
pub fn reversed(xs: &[i64]) -> Vec<i64> {
    let mut out = Vec::with_capacity(xs.len());
    for i in (0..xs.len()).rev() {
        out.push(xs[i]);
    }
    out
}

/// The sums of all prefixes of not too many bytes.
#[requires(xs.len() < 1_000_000)]
#[ensures(|out| out.len() == xs.len() + 1 && out[0] == 0)]
#[ensures(|out| (0..xs.len()).all(|i| out[i + 1] == out[i] + xs[i] as u32))]
pub fn prefix_sums(xs: &[u8]) -> Vec<u32> {
    let mut out = vec![0u32];
    let mut acc = 0u32;
    for &x in xs {
        acc += x as u32;
        out.push(acc);
    }
    out
}

/// One slice after the other.
#[ensures(|out| out.len() == a.len() + b.len())]
#[ensures(|out| (0..a.len()).all(|i| out[i] == a[i]))]
#[ensures(|out| (0..b.len()).all(|i| out[a.len() + i] == b[i]))]
pub fn concatenated(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut out = a.to_vec();
    for &x in b {
        out.push(x);
    }
    out
}

/// Differences of neighbours, modulo the type.
#[requires(!xs.is_empty())]
#[ensures(|d| d.len() == xs.len() - 1 && (0..d.len()).all(|i| d[i] == xs[i + 1].wrapping_sub(xs[i])))]
pub fn differences(xs: &[i32]) -> Vec<i32> {
    let mut d = Vec::new();
    let mut i = 1;
    while i < xs.len() {
        d.push(xs[i].wrapping_sub(xs[i - 1]));
        i += 1;
    }
    d
}

/// Two sorted slices as one.
#[requires((1..a.len()).all(|i| a[i - 1] <= a[i]) && (1..b.len()).all(|i| b[i - 1] <= b[i]))]
#[ensures(|out| out.len() == a.len() + b.len() && (1..out.len()).all(|i| out[i - 1] <= out[i]))]
pub fn merge(a: &[i32], b: &[i32]) -> Vec<i32> {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] <= b[j] {
            out.push(a[i]);
            i += 1;
        } else {
            out.push(b[j]);
            j += 1;
        }
    }
    while i < a.len() {
        out.push(a[i]);
        i += 1;
    }
    while j < b.len() {
        out.push(b[j]);
        j += 1;
    }
    out
}

/// A sorted slice without repetitions.
#[requires((1..xs.len()).all(|i| xs[i - 1] <= xs[i]))]
#[ensures(|out| (1..out.len()).all(|i| out[i - 1] < out[i]) && out.len() <= xs.len())]
#[ensures(|out| out.is_empty() == xs.is_empty())]
pub fn deduplicated(xs: &[u32]) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::new();
    for i in 0..xs.len() {
        if i == 0 || xs[i] != xs[i - 1] {
            out.push(xs[i]);
        }
    }
    out
}

/// At most n from the front.
#[ensures(|out| out.len() == n.min(xs.len()) && (0..out.len()).all(|i| out[i] == xs[i]))]
pub fn take(xs: &[u64], n: usize) -> Vec<u64> {
    let end = if n < xs.len() { n } else { xs.len() };
    xs[..end].to_vec()
}

/// The same value many times.
#[ensures(|out| out.len() == n && out.iter().all(|x| *x == value))]
pub fn repeat(value: i16, n: usize) -> Vec<i16> {
    vec![value; n]
}

/// The greatest of each prefix.
#[ensures(|out| out.len() == xs.len())]
#[ensures(|out| (0..xs.len()).all(|i| (0..i + 1).all(|j| xs[j] <= out[i])))]
pub fn prefix_maxima(xs: &[i32]) -> Vec<i32> {
    let mut out = Vec::new();
    let mut best = i32::MIN;
    for &x in xs {
        best = best.max(x);
        out.push(best);
    }
    out
}
