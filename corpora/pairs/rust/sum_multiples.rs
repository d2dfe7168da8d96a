/// The sum of the multiples of 3 or 5 below a limit.
pub fn sum_multiples(limit: u32) -> u64 {
    let mut total = 0;
    for n in 1..=limit {
        if n % 3 == 0 || n % 5 == 0 {
            total += n as u64;
        }
    }
    total
}
