/// In how many places two strands of one length differ.
pub fn hamming(left: &str, right: &str) -> Result<usize, String> {
    if left.chars().count() != right.chars().count() {
        return Err("strands must be of equal length".to_string());
    }
    let distance = left
        .chars()
        .zip(right.chars())
        .filter(|(a, b)| a != b)
        .count();
    Ok(distance)
}
