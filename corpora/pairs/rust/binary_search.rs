use std::cmp::Ordering;

/// A place of `wanted` in sorted items, or -1.
pub fn binary_search(items: &[i64], wanted: i64) -> i64 {
    let mut low = 0i64;
    let mut high = items.len() as i64 - 1;
    while low <= high {
        let middle = low + (high - low) / 2;
        match items[middle as usize].cmp(&wanted) {
            Ordering::Equal => return middle,
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle - 1,
        }
    }
    -1
}
