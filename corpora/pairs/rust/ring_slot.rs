/// The slot that lies `step` before `position` in a ring.
pub fn ring_slot(position: i64, step: i64, size: i64) -> i64 {
    if size <= 0 {
        panic!("an empty ring");
    }
    (position - step) % size
}
