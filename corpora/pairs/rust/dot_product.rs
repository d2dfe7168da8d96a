pub fn dot_product(left: &[i32], right: &[i32]) -> i64 {
    left.iter()
        .zip(right.iter())
        .map(|(&a, &b)| a as i64 * b as i64)
        .sum()
}
