pub fn digit_sum(mut n: u64) -> u64 {
    let mut total = 0;
    loop {
        total += n % 10;
        n /= 10;
        if n == 0 {
            return total;
        }
    }
}
