pub fn factorial(n: u32) -> u64 {
    (1..=u64::from(n)).product()
}
