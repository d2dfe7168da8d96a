//! Bits, casts, and arithmetic at the edge of a type.

/// Four bytes in a word.
#[ensures(|w| *w as u64 == a as u64 * 16777216 + b as u64 * 65536 + c as u64 * 256 + d as u64)]
pub fn pack(a: u8, b: u8, c: u8, d: u8) -> u32 {
    ((a as u32 * 256 + b as u32) * 256 + c as u32) * 256 + d as u32
}

/// The high and the low byte.
#[ensures(|(high, low)| *high as u16 * 256 + *low as u16 == x)]
pub fn split(x: u16) -> (u8, u8) {
    ((x / 256) as u8, (x % 256) as u8)
}

/// How many bits are one.
#[ensures(|n| *n <= 32)]
pub fn ones(mut x: u32) -> u32 {
    let mut n = 0;
    for _ in 0..32 {
        if x % 2 == 1 {
            n += 1;
        }
        x /= 2;
    }
    n
}

/// Whether the last bit is set.
#[ensures(|odd| *odd == (x % 2 == 1))]
pub fn is_odd(x: u64) -> bool {
    x & 1 == 1
}

/// The low n bits.
#[requires(n < 32)]
#[ensures(|r| *r as u64 == x as u64 % 2u64.pow(n))]
pub fn low_bits(x: u32, n: u32) -> u32 {
    x % 2u32.pow(n)
}

/// The position of the highest one.
#[requires(x > 0)]
#[ensures(|k| *k < 64 && 2u64.pow(*k) <= x)]
pub fn log2(x: u64) -> u32 {
    let mut k = 0;
    let mut rest = x;
    while rest > 1 {
        rest /= 2;
        k += 1;
    }
    k
}

/// A signed byte as its two's complement.
#[ensures(|u| if x >= 0 { *u as i16 == x as i16 } else { *u as i16 == x as i16 + 256 })]
pub fn as_unsigned(x: i8) -> u8 {
    x as u8
}

/// A conversion that says when it cannot.
#[ensures(|r| match r { Some(v) => *v as i64 == x, None => x < 0 || x > 255 })]
pub fn to_byte(x: i64) -> Option<u8> {
    if x >= 0 && x <= u8::MAX as i64 {
        Some(x as u8)
    } else {
        None
    }
}

/// A conversion that goes to the nearest.
#[ensures(|r| -128 <= *r as i32 && (x < -128 || x > 127 || *r as i32 == x))]
#[ensures(|r| (x <= 127 || *r == 127) && (x >= -128 || *r == -128))]
pub fn saturate(x: i32) -> i8 {
    if x > i8::MAX as i32 {
        i8::MAX
    } else if x < i8::MIN as i32 {
        i8::MIN
    } else {
        x as i8
    }
}

/// Addition with a carry.
#[ensures(|(sum, carry)| *sum as u32 + if *carry { 65536 } else { 0 } == a as u32 + b as u32)]
pub fn add_carry(a: u16, b: u16) -> (u16, bool) {
    a.overflowing_add(b)
}

/// The distance on a ring of 256.
#[ensures(|d| from.wrapping_add(*d) == to)]
pub fn ring_distance(from: u8, to: u8) -> u8 {
    to.wrapping_sub(from)
}

/// One more, but never past the limit.
#[requires(x <= limit)]
#[ensures(|r| *r <= limit && *r >= x && (x == limit || *r == x + 1))]
pub fn bump(x: u8, limit: u8) -> u8 {
    x.saturating_add(1).min(limit)
}

/// The next place of a ring buffer.
#[requires(size > 0 && at < size)]
#[ensures(|next| *next < size && (*next == at + 1 || (*next == 0 && at == size - 1)))]
pub fn advance(at: usize, size: usize) -> usize {
    if at + 1 == size { 0 } else { at + 1 }
}

/// Rounds up to a multiple, unless that does not fit.
#[requires(step > 0)]
#[ensures(|r| match r { Some(m) => *m >= x && *m % step == 0 && *m - x < step, None => x > 0 })]
pub fn round_up(x: u32, step: u32) -> Option<u32> {
    let rest = x % step;
    if rest == 0 {
        Some(x)
    } else {
        x.checked_add(step - rest)
    }
}

/// Negation that does not overflow.
#[ensures(|r| (x == i32::MIN && *r == i32::MAX) || (x != i32::MIN && *r == -x))]
pub fn saturating_negate(x: i32) -> i32 {
    x.saturating_neg()
}
