use std::collections::HashMap;

/// The places of two numbers that make `target`, the second as early as can be.
pub fn two_sum(numbers: &[i32], target: i32) -> Option<(usize, usize)> {
    let mut seen: HashMap<i64, usize> = HashMap::new();
    for (place, &number) in numbers.iter().enumerate() {
        let rest = target as i64 - number as i64;
        if let Some(&earlier) = seen.get(&rest) {
            return Some((earlier, place));
        }
        seen.insert(number as i64, place);
    }
    None
}
