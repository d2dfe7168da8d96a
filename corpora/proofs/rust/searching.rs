//! Where something stands in a slice.

/// The first place of `key`.
#[ensures(|result| match result {
    Some(at) => *at < xs.len() && xs[*at] == key && (0..*at).all(|k| xs[k] != key),
    None => (0..xs.len()).all(|k| xs[k] != key),
})]
pub fn linear_search(xs: &[i32], key: i32) -> Option<usize> {
    for i in 0..xs.len() {
        if xs[i] == key {
            return Some(i);
        }
    }
    None
}

/// The last place of `key`, looked for from the end.
#[ensures(|result| match result {
    Some(at) => *at < xs.len() && xs[*at] == key && (*at + 1..xs.len()).all(|k| xs[k] != key),
    None => !xs.contains(&key),
})]
pub fn last_index_of(xs: &[u8], key: u8) -> Option<usize> {
    let mut i = xs.len();
    while i > 0 {
        i -= 1;
        if xs[i] == key {
            return Some(i);
        }
    }
    None
}

/// Some place of `key` in a sorted slice.
#[requires((0..xs.len()).all(|i| (i..xs.len()).all(|j| xs[i] <= xs[j])))]
#[ensures(|result| match result {
    Some(at) => *at < xs.len() && xs[*at] == key,
    None => (0..xs.len()).all(|k| xs[k] != key),
})]
pub fn binary_search(xs: &[i64], key: i64) -> Option<usize> {
    let mut low = 0;
    let mut high = xs.len();
    while low < high {
        let mid = low + (high - low) / 2;
        if xs[mid] == key {
            return Some(mid);
        } else if xs[mid] < key {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    None
}

/// How many elements of a sorted slice are less than `key`.
#[requires((0..xs.len()).all(|i| (i..xs.len()).all(|j| xs[i] <= xs[j])))]
#[ensures(|result| *result <= xs.len())]
#[ensures(|result| (0..*result).all(|k| xs[k] < key))]
#[ensures(|result| (*result..xs.len()).all(|k| xs[k] >= key))]
pub fn lower_bound(xs: &[u32], key: u32) -> usize {
    let (mut lo, mut hi) = (0usize, xs.len());
    while lo < hi {
        let mid = lo + (hi - lo) / 2;
        if xs[mid] < key {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    lo
}

/// How many elements of a sorted slice are at most `key`.
#[requires((1..xs.len()).all(|i| xs[i - 1] <= xs[i]))]
#[ensures(|r| *r <= xs.len() && (0..*r).all(|k| xs[k] <= key))]
#[ensures(|r| (*r..xs.len()).all(|k| xs[k] > key))]
pub fn upper_bound(xs: &[i16], key: i16) -> usize {
    let mut left = 0;
    let mut size = xs.len();
    while size > 0 {
        let half = size / 2;
        if xs[left + half] <= key {
            left += half + 1;
            size -= half + 1;
        } else {
            size = half;
        }
    }
    left
}

/// The first negative element, by an iterator.
#[ensures(|result| match result {
    Some(x) => *x < 0 && xs.contains(x),
    None => xs.iter().all(|&x| x >= 0),
})]
pub fn first_negative(xs: &[i32]) -> Option<i32> {
    for &x in xs {
        if x < 0 {
            return Some(x);
        }
    }
    None
}

/// Whether a slice has an element twice.
#[ensures(|result| *result == (0..xs.len()).any(|i| (0..i).any(|j| xs[i] == xs[j])))]
pub fn has_duplicate(xs: &[u16]) -> bool {
    for i in 0..xs.len() {
        for j in 0..i {
            if xs[i] == xs[j] {
                return true;
            }
        }
    }
    false
}

/// Two places whose elements add up to `target`.
#[ensures(|result| match result {
    Some((i, j)) => *i < *j && *j < xs.len() && xs[*i] as i64 + xs[*j] as i64 == target,
    None => (0..xs.len()).all(|j| (0..j).all(|i| xs[i] as i64 + xs[j] as i64 != target)),
})]
pub fn pair_with_sum(xs: &[i32], target: i64) -> Option<(usize, usize)> {
    for j in 0..xs.len() {
        for i in 0..j {
            if xs[i] as i64 + xs[j] as i64 == target {
                return Some((i, j));
            }
        }
    }
    None
}

/// The place of a sentinel that is known to be there.
#[requires(xs.contains(&0))]
#[ensures(|n| *n < xs.len() && xs[*n] == 0 && xs[..*n].iter().all(|&b| b != 0))]
pub fn c_string_length(xs: &[u8]) -> usize {
    let mut n = 0;
    while xs[n] != 0 {
        n += 1;
    }
    n
}

/// The first place where two slices of one length differ.
#[requires(a.len() == b.len())]
#[ensures(|result| match *result {
    Some(i) => i < a.len() && a[i] != b[i] && (0..i).all(|k| a[k] == b[k]),
    None => a == b,
})]
pub fn first_difference(a: &[u8], b: &[u8]) -> Option<usize> {
    let mut i = 0;
    loop {
        if i == a.len() {
            return None;
        }
        if a[i] != b[i] {
            return Some(i);
        }
        i += 1;
    }
}
