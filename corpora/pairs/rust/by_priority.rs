/// Tasks (priority, number) with the lowest priority first.
pub fn by_priority(tasks: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let mut sorted = tasks.to_vec();
    for i in 0..sorted.len() {
        let mut least = i;
        for j in i + 1..sorted.len() {
            if sorted[j].0 < sorted[least].0 {
                least = j;
            }
        }
        sorted.swap(i, least);
    }
    sorted
}
