/// `base ** exponent % modulus`, by squaring.
pub fn power_mod(base: u64, exponent: u64, modulus: u64) -> u64 {
    let mut result = 1;
    let mut factor = base % modulus;
    let mut rest = exponent;
    while rest > 0 {
        if rest % 2 == 1 {
            result = (result * factor) % modulus;
        }
        rest /= 2;
        factor = (factor * factor) % modulus;
    }
    result
}
