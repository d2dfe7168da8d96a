fn signs(a: i8) -> (i8, i8, (i8, bool), (i8, bool)) {
    (a.wrapping_abs(), a.saturating_abs(), a.overflowing_abs(), a.overflowing_neg())
}

fn negated(a: u8) -> (u8, bool) {
    a.overflowing_neg()
}

fn wrapped(a: i8, b: i8) -> (i8, i8, i8, i8) {
    (a.wrapping_div(b), a.wrapping_rem(b), a.wrapping_div_euclid(b), a.wrapping_rem_euclid(b))
}

fn flagged(a: i8, b: i8) -> ((i8, bool), (i8, bool), (i8, bool), (i8, bool)) {
    (
        a.overflowing_div(b),
        a.overflowing_rem(b),
        a.overflowing_div_euclid(b),
        a.overflowing_rem_euclid(b),
    )
}

fn flagged_byte(a: u8, b: u8) -> ((u8, bool), u8) {
    (a.overflowing_div(b), a.wrapping_rem(b))
}

fn saturated(a: i8, b: i8) -> i8 {
    a.saturating_div(b)
}

fn euclid(a: i8, b: i8) -> (Option<i8>, Option<i8>) {
    (a.checked_div_euclid(b), a.checked_rem_euclid(b))
}

fn euclid_byte(a: u8, b: u8) -> (Option<u8>, Option<u8>) {
    (a.checked_div_euclid(b), a.checked_rem_euclid(b))
}

fn shifted(a: i8, n: u32) -> (Option<i8>, Option<i8>, (i8, bool), (i8, bool)) {
    (a.checked_shl(n), a.checked_shr(n), a.overflowing_shl(n), a.overflowing_shr(n))
}

fn ones(a: u8) -> (u32, u32) {
    (a.leading_ones(), a.trailing_ones())
}

fn power(a: u8) -> (u8, Option<u8>) {
    (a.next_power_of_two(), a.checked_next_power_of_two())
}

fn checked_power(a: u8) -> Option<u8> {
    a.checked_next_power_of_two()
}

fn multiple(a: u8, b: u8) -> u8 {
    a.next_multiple_of(b)
}

fn moved(a: u8, b: i8) -> (Option<u8>, u8) {
    (a.checked_add_signed(b), a.saturating_add_signed(b))
}

fn classes(c: u8) -> (bool, bool, bool) {
    (c.is_ascii_control(), c.is_ascii_graphic(), c.is_ascii_hexdigit())
}

fn angles(x: f64) -> (f64, f64) {
    (x.to_degrees(), x.to_radians())
}

fn clamped(x: f64, low: f64, high: f64) -> f64 {
    x.clamp(low, high)
}

fn rest(x: f64, y: f64) -> f64 {
    x.rem_euclid(y)
}

fn largest(xs: &[(i32, i32)]) -> Option<(i32, i32)> {
    xs.iter().copied().max_by(|a, b| a.1.cmp(&b.1))
}

fn least(xs: &[f64]) -> Option<f64> {
    xs.iter().copied().min_by(|a, b| a.partial_cmp(b).unwrap())
}

fn skipped(xs: &[i32]) -> Vec<i32> {
    xs.iter().copied().skip_while(|x| *x > 0).collect()
}

fn word(s: &str) -> String {
    let rest = s.chars().skip_while(|c| c.is_whitespace());
    rest.take_while(|c| !c.is_whitespace()).collect()
}

fn trimmed(s: &str) -> (String, String, String) {
    (
        s.trim_matches('a').to_string(),
        s.trim_start_matches("a").to_string(),
        s.trim_end_matches('a').to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges() {
        assert_eq!(signs(-128), (-128, 127, (-128, true), (-128, true)));
        assert_eq!(signs(-127), (127, 127, (127, false), (127, false)));
        assert_eq!(signs(0), (0, 0, (0, false), (0, false)));
        assert_eq!(signs(127), (127, 127, (127, false), (-127, false)));
        assert_eq!(negated(0), (0, false));
        assert_eq!(negated(1), (255, true));
        assert_eq!(negated(255), (1, true));
        assert_eq!(wrapped(-128, -1), (-128, 0, -128, 0));
        assert_eq!(wrapped(-128, 1), (-128, 0, -128, 0));
        assert_eq!(wrapped(-7, 2), (-3, -1, -4, 1));
        assert_eq!(wrapped(-7, -2), (3, -1, 4, 1));
        assert_eq!(wrapped(7, -2), (-3, 1, -3, 1));
        assert_eq!(flagged(-128, -1), ((-128, true), (0, true), (-128, true), (0, true)));
        assert_eq!(flagged(127, -1), ((-127, false), (0, false), (-127, false), (0, false)));
        assert_eq!(flagged(-7, 3), ((-2, false), (-1, false), (-3, false), (2, false)));
        assert_eq!(flagged(-7, -3), ((2, false), (-1, false), (3, false), (2, false)));
        assert_eq!(flagged_byte(255, 2), ((127, false), 1));
        assert_eq!(flagged_byte(7, 255), ((0, false), 7));
        assert_eq!(saturated(-128, -1), 127);
        assert_eq!(saturated(-128, 2), -64);
        assert_eq!(saturated(7, -1), -7);
        assert_eq!(saturated(-7, 2), -3);
        assert_eq!(euclid(-128, -1), (None, None));
        assert_eq!(euclid(5, 0), (None, None));
        assert_eq!(euclid(-7, 2), (Some(-4), Some(1)));
        assert_eq!(euclid(-7, -2), (Some(4), Some(1)));
        assert_eq!(euclid_byte(7, 0), (None, None));
        assert_eq!(euclid_byte(7, 2), (Some(3), Some(1)));
        assert_eq!(shifted(-128, 7), (Some(0), Some(-1), (0, false), (-1, false)));
        assert_eq!(shifted(-1, 8), (None, None, (-1, true), (-1, true)));
        assert_eq!(shifted(85, 1), (Some(-86), Some(42), (-86, false), (42, false)));
        assert_eq!(shifted(85, 4294967295), (None, None, (-128, true), (0, true)));
        assert_eq!(ones(0), (0, 0));
        assert_eq!(ones(255), (8, 8));
        assert_eq!(ones(0b1100_0111), (2, 3));
        assert_eq!(power(0), (1, Some(1)));
        assert_eq!(power(1), (1, Some(1)));
        assert_eq!(power(2), (2, Some(2)));
        assert_eq!(power(3), (4, Some(4)));
        assert_eq!(power(65), (128, Some(128)));
        assert_eq!(power(128), (128, Some(128)));
        assert_eq!(checked_power(129), None);
        assert_eq!(checked_power(255), None);
        assert_eq!(multiple(0, 3), 0);
        assert_eq!(multiple(7, 7), 7);
        assert_eq!(multiple(8, 7), 14);
        assert_eq!(multiple(250, 255), 255);
        assert_eq!(moved(0, -1), (None, 0));
        assert_eq!(moved(255, 1), (None, 255));
        assert_eq!(moved(128, -128), (Some(0), 0));
        assert_eq!(moved(200, 55), (Some(255), 255));
        assert_eq!(classes(0), (true, false, false));
        assert_eq!(classes(32), (false, false, false));
        assert_eq!(classes(b'!'), (false, true, false));
        assert_eq!(classes(b'f'), (false, true, true));
        assert_eq!(classes(b'g'), (false, true, false));
        assert_eq!(classes(b'F'), (false, true, true));
        assert_eq!(classes(127), (true, false, false));
        assert_eq!(classes(128), (false, false, false));
        assert_eq!(angles(1.0), (57.29577951308232, 0.017453292519943295));
        assert_eq!(angles(-90.0), (-5156.620156177409, -1.5707963267948966));
        assert_eq!(clamped(2.0, 0.0, 1.0), 1.0);
        assert_eq!(clamped(-2.0, 0.0, 1.0), 0.0);
        assert_eq!(clamped(0.5, 0.0, 1.0), 0.5);
        assert_eq!(rest(-5.5, 2.0), 0.5);
        assert_eq!(rest(5.5, -2.0), 1.5);
        assert_eq!(rest(-4.0, 2.0), -0.0);
        assert_eq!(largest(&[(1, 5), (2, 5), (3, 4)]), Some((2, 5)));
        assert_eq!(largest(&[]), None);
        assert_eq!(least(&[2.0, 1.0, 3.0]), Some(1.0));
        assert_eq!(least(&[]), None);
        assert_eq!(skipped(&[3, 1, 0, 2]), [0, 2]);
        assert_eq!(skipped(&[1, 2]), []);
        assert_eq!(skipped(&[]), []);
        assert_eq!(word("  ab c"), "ab".to_string());
        assert_eq!(word(" "), "".to_string());
        assert_eq!(trimmed("aabaa"), ("b".to_string(), "baa".to_string(), "aab".to_string()));
        assert_eq!(trimmed("aaa"), ("".to_string(), "".to_string(), "".to_string()));
        assert_eq!(trimmed(""), ("".to_string(), "".to_string(), "".to_string()));
    }
}
