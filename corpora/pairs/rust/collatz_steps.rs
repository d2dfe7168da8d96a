/// How many steps of the Collatz map lead to 1.
pub fn collatz_steps(n: u64) -> Option<u32> {
    if n == 0 {
        return None;
    }
    let mut current = n;
    let mut steps = 0;
    while current > 1 {
        if current % 2 == 0 {
            current /= 2;
        } else {
            current = 3 * current + 1;
        }
        steps += 1;
    }
    Some(steps)
}
