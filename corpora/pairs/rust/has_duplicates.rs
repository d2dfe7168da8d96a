use std::collections::HashSet;

pub fn has_duplicates(ids: &[u32]) -> bool {
    let mut seen = HashSet::new();
    for id in ids {
        if !seen.insert(*id) {
            return true;
        }
    }
    false
}
