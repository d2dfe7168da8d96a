//! Characters and bytes.

/// Whether every character is a decimal digit.
#[ensures(|r| *r == bytes.iter().all(|b| 48 <= *b && *b <= 57))]
pub fn all_digits(bytes: &[u8]) -> bool {
    for &b in bytes {
        if !(b'0'..=b'9').contains(&b) {
            return false;
        }
    }
    true
}

/// How many blanks there are.
#[ensures(|n| *n == bytes.iter().filter(|&&b| b == b' ').count())]
pub fn blanks(bytes: &[u8]) -> usize {
    let mut n = 0;
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == b' ' {
            n += 1;
        }
        i += 1;
    }
    n
}

/// The same from both ends.
#[ensures(|r| *r == (0..s.len()).all(|i| s[i] == s[s.len() - 1 - i]))]
pub fn is_palindrome(s: &[u8]) -> bool {
    let n = s.len();
    for i in 0..n / 2 {
        if s[i] != s[n - 1 - i] {
            return false;
        }
    }
    true
}

/// Whether one slice begins with the other.
#[ensures(|r| *r == (head.len() <= text.len() && (0..head.len()).all(|i| text[i] == head[i])))]
pub fn begins_with(text: &[u8], head: &[u8]) -> bool {
    if head.len() > text.len() {
        return false;
    }
    for i in 0..head.len() {
        if text[i] != head[i] {
            return false;
        }
    }
    true
}

/// An upper-case letter becomes a lower-case one, all else stays.
#[ensures(|r| if 65 <= b && b <= 90 { *r == b + 32 } else { *r == b })]
pub fn lower(b: u8) -> u8 {
    match b {
        b'A'..=b'Z' => b - b'A' + b'a',
        _ => b,
    }
}

/// A letter moved through the alphabet stays a letter.
#[requires(97 <= b && b <= 122 && by < 26)]
#[ensures(|r| 97 <= *r && *r <= 122)]
#[ensures(|r| (*r as u32 + 26 - b as u32) % 26 == by as u32)]
pub fn shifted(b: u8, by: u8) -> u8 {
    (b - b'a' + by) % 26 + b'a'
}

/// The deepest nesting of parentheses in what may be unbalanced.
#[ensures(|d| *d <= bytes.len())]
pub fn depth(bytes: &[u8]) -> usize {
    let mut open = 0usize;
    let mut deepest = 0;
    for &b in bytes {
        if b == b'(' {
            open += 1;
            if open > deepest {
                deepest = open;
            }
        } else if b == b')' && open > 0 {
            open -= 1;
        }
    }
    deepest
}

/// How many characters are vowels.
#[ensures(|n| *n <= s.chars().count())]
pub fn vowels(s: &str) -> usize {
    let mut n = 0;
    for c in s.chars() {
        if matches!(c, 'a' | 'e' | 'i' | 'o' | 'u') {
            n += 1;
        }
    }
    n
}

/// A hexadecimal digit, if it is one.
#[ensures(|r| match r { Some(v) => *v < 16, None => !c.is_ascii_digit() })]
pub fn hex_value(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        'a'..='f' => Some(c as u8 - b'a' + 10),
        'A'..='F' => Some(c as u8 - b'A' + 10),
        _ => None,
    }
}

/// A number from at most nine digits.
#[requires(bytes.len() <= 9)]
#[ensures(|r| match r {
    Some(_) => bytes.iter().all(|b| 48 <= *b && *b <= 57),
    None => bytes.iter().any(|b| *b < 48 || *b > 57),
})]
pub fn parse_decimal(bytes: &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for &b in bytes {
        if b < b'0' || b > b'9' {
            return None;
        }
        value = value.checked_mul(10)?.checked_add((b - b'0') as u64)?;
    }
    Some(value)
}
