/// The longest pause between neighbouring times.
pub fn longest_gap(times: &[i64]) -> i64 {
    let mut gaps: Vec<i64> = Vec::new();
    for i in 1..times.len() {
        gaps.push(times[i] - times[i - 1]);
    }
    *gaps.iter().max().unwrap()
}
