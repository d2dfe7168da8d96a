/// The items without repetition, in order of first appearance.
pub fn unique(items: &[i64]) -> Vec<i64> {
    let mut out: Vec<i64> = Vec::new();
    for &item in items {
        if !out.contains(&item) {
            out.push(item);
        }
    }
    out
}
