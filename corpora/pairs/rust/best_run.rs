/// The largest sum of neighbouring changes; of none, 0 (Kadane).
pub fn best_run(changes: &[i32]) -> i64 {
    let mut best = 0i64;
    let mut here = 0i64;
    for i in 0..changes.len() {
        here += i64::from(changes[i]);
        if here < 0 {
            here = 0;
        } else if here > best {
            best = here;
        }
    }
    best
}
