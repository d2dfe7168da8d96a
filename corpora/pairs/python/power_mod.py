def power_mod(base: int, exponent: int, modulus: int) -> int:
    """`base ** exponent % modulus`, by squaring."""
    result = 1
    base %= modulus
    while exponent > 0:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result
