//! Slices that are changed in place.

/// Every element becomes `value`.
#[ensures((0..xs.len()).all(|i| xs[i] == value))]
#[ensures(xs.len() == old(xs).len())]
pub fn fill(xs: &mut [u8], value: u8) {
    for x in xs.iter_mut() {
        *x = value;
    }
}

/// Back to front.
#[ensures(xs.len() == old(xs).len())]
#[ensures((0..xs.len()).all(|i| xs[i] == old(xs)[xs.len() - 1 - i]))]
pub fn reverse(xs: &mut [i32]) {
    let n = xs.len();
    let mut i = 0;
    while i < n / 2 {
        xs.swap(i, n - 1 - i);
        i += 1;
    }
}

/// First and last change places.
#[requires(!xs.is_empty())]
#[ensures(xs[0] == old(xs)[xs.len() - 1] && xs[xs.len() - 1] == old(xs)[0])]
#[ensures((1..xs.len() - 1).all(|i| xs[i] == old(xs)[i]))]
pub fn swap_ends(xs: &mut Vec<i64>) {
    let last = xs.len() - 1;
    let kept = xs[0];
    xs[0] = xs[last];
    xs[last] = kept;
}

/// One step to the left, the first to the end.
#[requires(xs.len() > 0)]
#[ensures(xs.len() == old(xs).len())]
#[ensures((0..xs.len() - 1).all(|i| xs[i] == old(xs)[i + 1]))]
#[ensures(xs[xs.len() - 1] == old(xs)[0])]
pub fn rotate_left(xs: &mut [u32]) {
    let first = xs[0];
    for i in 1..xs.len() {
        xs[i - 1] = xs[i];
    }
    let n = xs.len();
    xs[n - 1] = first;
}

/// Every element one more, around the corner.
#[ensures((0..xs.len()).all(|i| xs[i] == old(xs)[i].wrapping_add(1)))]
pub fn increment_all(xs: &mut [u8]) {
    for i in 0..xs.len() {
        xs[i] = xs[i].wrapping_add(1);
    }
}

/// Negative elements become zero.
#[ensures((0..xs.len()).all(|i| xs[i] >= 0))]
#[ensures((0..xs.len()).all(|i| old(xs)[i] < 0 || xs[i] == old(xs)[i]))]
pub fn clip(xs: &mut Vec<i32>) {
    for x in xs.iter_mut() {
        if *x < 0 {
            *x = 0;
        }
    }
}

/// The front of one slice into the other.
#[requires(n <= from.len() && n <= to.len())]
#[ensures((0..n).all(|i| to[i] == from[i]))]
#[ensures((n..to.len()).all(|i| to[i] == old(to)[i]))]
pub fn copy_front(from: &[u8], to: &mut [u8], n: usize) {
    let mut i = 0;
    while i < n {
        to[i] = from[i];
        i += 1;
    }
}

/// One pass of bubble sort brings the greatest to the end.
#[requires(!xs.is_empty())]
#[ensures((0..xs.len()).all(|i| xs[i] <= xs[xs.len() - 1]))]
pub fn bubble_pass(xs: &mut [i32]) {
    for i in 1..xs.len() {
        if xs[i - 1] > xs[i] {
            xs.swap(i - 1, i);
        }
    }
}

/// One step of selection sort: the least of the rest comes to `from`.
#[requires(from < xs.len())]
#[ensures((from..xs.len()).all(|i| xs[from] <= xs[i]))]
#[ensures((0..from).all(|i| xs[i] == old(xs)[i]))]
pub fn select_step(xs: &mut [i32], from: usize) {
    let mut least = from;
    for i in from + 1..xs.len() {
        if xs[i] < xs[least] {
            least = i;
        }
    }
    xs.swap(from, least);
}

/// One step of insertion sort: a sorted front grows by one.
#[requires(n < xs.len())]
#[requires((1..n).all(|i| xs[i - 1] <= xs[i]))]
#[ensures((1..n + 1).all(|i| xs[i - 1] <= xs[i]))]
#[ensures((n + 1..xs.len()).all(|i| xs[i] == old(xs)[i]))]
pub fn insert_step(xs: &mut [i32], n: usize) {
    let mut j = n;
    while j > 0 && xs[j - 1] > xs[j] {
        xs.swap(j - 1, j);
        j -= 1;
    }
}

/// Insertion sort.
#[ensures((1..xs.len()).all(|i| xs[i - 1] <= xs[i]))]
pub fn insertion_sort(xs: &mut [i32]) {
    for i in 1..xs.len() {
        let mut j = i;
        while j > 0 && xs[j - 1] > xs[j] {
            xs.swap(j - 1, j);
            j -= 1;
        }
    }
}

/// Selection sort.
#[ensures((0..xs.len()).all(|i| (i..xs.len()).all(|j| xs[i] <= xs[j])))]
pub fn selection_sort(xs: &mut [u32]) {
    let n = xs.len();
    for i in 0..n {
        let mut least = i;
        for j in i + 1..n {
            if xs[j] < xs[least] {
                least = j;
            }
        }
        xs.swap(i, least);
    }
}

/// What is less than the pivot comes to the front; how much that is.
#[ensures(|m| *m <= xs.len() && (0..*m).all(|i| xs[i] < pivot))]
#[ensures(|m| (*m..xs.len()).all(|i| xs[i] >= pivot))]
pub fn partition(xs: &mut [i32], pivot: i32) -> usize {
    let mut m = 0;
    for i in 0..xs.len() {
        if xs[i] < pivot {
            xs.swap(i, m);
            m += 1;
        }
    }
    m
}

/// Dijkstra's flag: zeros, ones, twos.
#[requires(xs.iter().all(|&x| x <= 2))]
#[ensures((0..xs.len()).all(|i| (0..i).all(|j| xs[j] <= xs[i])))]
pub fn dutch_flag(xs: &mut [u8]) {
    let (mut low, mut mid, mut high) = (0, 0, xs.len());
    while mid < high {
        match xs[mid] {
            0 => {
                xs.swap(low, mid);
                low += 1;
                mid += 1;
            }
            1 => mid += 1,
            _ => {
                high -= 1;
                xs.swap(mid, high);
            }
        }
    }
}

/// Zeros come to the front.
#[ensures((0..xs.len()).all(|i| (0..i).all(|j| xs[j] == 0 || xs[i] != 0)))]
pub fn zeros_first(xs: &mut Vec<u32>) {
    let mut free = 0;
    for i in 0..xs.len() {
        if xs[i] == 0 {
            xs.swap(free, i);
            free += 1;
        }
    }
}

/// Each element becomes the greatest so far.
#[ensures((1..xs.len()).all(|i| xs[i - 1] <= xs[i]))]
#[ensures((0..xs.len()).all(|i| old(xs)[i] <= xs[i]))]
pub fn running_max(xs: &mut [u64]) {
    for i in 1..xs.len() {
        if xs[i] < xs[i - 1] {
            xs[i] = xs[i - 1];
        }
    }
}
