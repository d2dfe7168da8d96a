/// Where `wanted` stands first.
pub fn first_index(items: &[i64], wanted: i64) -> Option<usize> {
    items.iter().position(|&item| item == wanted)
}
