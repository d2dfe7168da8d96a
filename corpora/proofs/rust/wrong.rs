//! Wrong loops over slices: each breaks its contract in one small way.

/// Starts with the second element.
#[ensures(|result| match result {
    Some(at) => *at < xs.len() && xs[*at] == key && (0..*at).all(|k| xs[k] != key),
    None => (0..xs.len()).all(|k| xs[k] != key),
})]
pub fn search_from_one(xs: &[i32], key: i32) -> Option<usize> { // expect: refuted
    for i in 1..xs.len() {
        if xs[i] == key {
            return Some(i);
        }
    }
    None
}

/// Goes one past the end.
#[ensures(|result| result.is_none() || xs[result.unwrap()] == key)]
pub fn search_too_far(xs: &[u8], key: u8) -> Option<usize> { // expect: refuted
    let mut i = 0;
    while i <= xs.len() {
        if xs[i] == key {
            return Some(i);
        }
        i += 1;
    }
    None
}

/// Forgets the last place: `high` is taken for the last one that counts.
#[requires((1..xs.len()).all(|i| xs[i - 1] <= xs[i]))]
#[ensures(|result| match result {
    Some(at) => *at < xs.len() && xs[*at] == key,
    None => (0..xs.len()).all(|k| xs[k] != key),
})]
pub fn binary_search_short(xs: &[i32], key: i32) -> Option<usize> { // expect: refuted
    if xs.is_empty() {
        return None;
    }
    let (mut low, mut high) = (0, xs.len() - 1);
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

/// The end goes below zero where nothing is small enough.
#[requires((1..xs.len()).all(|i| xs[i - 1] <= xs[i]))]
#[ensures(|result| match result { Some(at) => xs[*at] == key, None => !xs.contains(&key) })]
pub fn binary_search_underflow(xs: &[i32], key: i32) -> Option<usize> { // expect: refuted
    if xs.is_empty() {
        return None;
    }
    let (mut low, mut high) = (0, xs.len() - 1);
    while low <= high {
        let mid = low + (high - low) / 2;
        if xs[mid] == key {
            return Some(mid);
        } else if xs[mid] < key {
            low = mid + 1;
        } else {
            high = mid - 1;
        }
    }
    None
}

/// Elements equal to the key are counted as well.
#[requires((1..xs.len()).all(|i| xs[i - 1] <= xs[i]))]
#[ensures(|r| *r <= xs.len() && (0..*r).all(|k| xs[k] < key) && (*r..xs.len()).all(|k| xs[k] >= key))]
pub fn lower_bound_inclusive(xs: &[u32], key: u32) -> usize { // expect: refuted
    let (mut lo, mut hi) = (0usize, xs.len());
    while lo < hi {
        let mid = lo + (hi - lo) / 2;
        if xs[mid] <= key {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    lo
}

/// Zero is not below everything.
#[requires(!xs.is_empty())]
#[ensures(|best| xs.contains(best) && xs.iter().all(|x| x <= best))]
pub fn largest_from_zero(xs: &[i32]) -> i32 { // expect: refuted
    let mut best = 0;
    for &x in xs {
        if x > best {
            best = x;
        }
    }
    best
}

/// A later one of equal elements.
#[requires(!xs.is_empty())]
#[ensures(|at| *at < xs.len() && (0..*at).all(|k| xs[*at] < xs[k]))]
pub fn argmin_last(xs: &[u64]) -> usize { // expect: refuted
    let mut best = 0;
    for i in 1..xs.len() {
        if xs[i] <= xs[best] {
            best = i;
        }
    }
    best
}

/// A new minimum is never a new maximum, but the first element may be both.
#[requires(!xs.is_empty())]
#[ensures(|(low, high)| xs.iter().all(|x| low <= x && x <= high))]
pub fn bounds_from_extremes(xs: &[i16]) -> (i16, i16) { // expect: refuted
    let mut low = i16::MAX;
    let mut high = i16::MIN;
    for &x in xs {
        if x < low {
            low = x;
        } else if x > high {
            high = x;
        }
    }
    (low, high)
}

/// Nothing has no first element.
#[ensures(|best| xs.iter().all(|x| x <= best))]
pub fn largest_of_nothing(xs: &[i64]) -> i64 { // expect: refuted
    let mut best = xs[0];
    for &x in xs {
        best = best.max(x);
    }
    best
}

/// A price may fall below the one paid.
#[ensures(|gain| (0..prices.len()).all(|j| (0..j).all(|i| prices[j].saturating_sub(prices[i]) <= *gain)))]
pub fn gain_of_ends(prices: &[u32]) -> u32 { // expect: refuted
    if prices.is_empty() {
        return 0;
    }
    prices[prices.len() - 1].saturating_sub(prices[0])
}

/// Neighbours alone do not show all repetitions.
#[ensures(|r| *r == (0..xs.len()).any(|i| (0..i).any(|j| xs[i] == xs[j])))]
pub fn duplicate_neighbours(xs: &[u16]) -> bool { // expect: refuted
    for i in 1..xs.len() {
        if xs[i] == xs[i - 1] {
            return true;
        }
    }
    false
}

/// Swaps everything twice.
#[ensures((0..xs.len()).all(|i| xs[i] == old(xs)[xs.len() - 1 - i]))]
pub fn reverse_twice(xs: &mut [i32]) { // expect: refuted
    let n = xs.len();
    for i in 0..n {
        xs.swap(i, n - 1 - i);
    }
}

/// The first element is lost.
#[requires(!xs.is_empty())]
#[ensures((0..xs.len() - 1).all(|i| xs[i] == old(xs)[i + 1]) && xs[xs.len() - 1] == old(xs)[0])]
pub fn rotate_and_lose(xs: &mut [u32]) { // expect: refuted
    for i in 1..xs.len() {
        xs[i - 1] = xs[i];
    }
}

/// The counter of the zeros goes with every element.
#[ensures((0..xs.len()).all(|i| (0..i).all(|j| xs[j] == 0 || xs[i] != 0)))]
pub fn zeros_misplaced(xs: &mut Vec<u32>) { // expect: refuted
    let mut free = 0;
    for i in 0..xs.len() {
        if xs[i] == 0 {
            xs.swap(free, i);
        }
        free += 1;
    }
}

/// One pass does not sort.
#[ensures((1..xs.len()).all(|i| xs[i - 1] <= xs[i]))]
pub fn bubble_once(xs: &mut [i32]) { // expect: refuted
    for i in 1..xs.len() {
        if xs[i - 1] > xs[i] {
            xs.swap(i - 1, i);
        }
    }
}

/// What is swapped in from the end is not looked at again.
#[requires(xs.iter().all(|&x| x <= 2))]
#[ensures((1..xs.len()).all(|i| xs[i - 1] <= xs[i]))]
pub fn flag_without_look(xs: &mut [u8]) { // expect: refuted
    let (mut low, mut mid, mut high) = (0, 0, xs.len());
    while mid < high {
        if xs[mid] == 0 {
            xs.swap(low, mid);
            low += 1;
        } else if xs[mid] == 2 {
            high -= 1;
            xs.swap(mid, high);
        }
        mid += 1;
    }
}

/// The rest of the longer one is forgotten.
#[requires((1..a.len()).all(|i| a[i - 1] <= a[i]) && (1..b.len()).all(|i| b[i - 1] <= b[i]))]
#[ensures(|out| out.len() == a.len() + b.len())]
pub fn merge_front(a: &[i32], b: &[i32]) -> Vec<i32> { // expect: refuted
    let mut out = Vec::new();
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
    out
}

/// Zero is no positive number.
#[ensures(|out| out.iter().all(|&x| x > 0))]
pub fn positives_with_zero(xs: &[i32]) -> Vec<i32> { // expect: refuted
    xs.iter().filter(|&&x| x >= 0).cloned().collect()
}

/// Half of an odd length leaves the middle, a whole length reads past it.
#[ensures(|r| *r == (0..s.len()).all(|i| s[i] == s[s.len() - 1 - i]))]
pub fn palindrome_of_ends(s: &[u8]) -> bool { // expect: refuted
    s.is_empty() || s[0] == s[s.len() - 1]
}
