/// The whole degree in the middle of two temperatures.
pub fn midpoint(low: i64, high: i64) -> i64 {
    (low + high) / 2
}
