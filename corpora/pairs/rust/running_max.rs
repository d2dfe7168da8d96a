/// The largest reading so far, at each reading.
pub fn running_max(readings: &[i32]) -> Vec<i32> {
    let mut out = Vec::with_capacity(readings.len());
    let mut best = i32::MIN;
    for &reading in readings {
        best = best.max(reading);
        out.push(best);
    }
    out
}
