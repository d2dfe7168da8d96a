/// The lower of two measurements.
pub fn coldest(first: f64, second: f64) -> f64 {
    first.min(second)
}
