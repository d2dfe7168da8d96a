/// Each reading averaged with what came before it.
pub fn smoothed(readings: &[i32]) -> Vec<i64> {
    let mut level = 0i64;
    readings
        .iter()
        .map(|&reading| {
            level = (3 * level + reading as i64) / 4;
            level
        })
        .collect()
}
