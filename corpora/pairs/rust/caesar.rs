/// Lower-case letters moved along the alphabet; everything else stays.
pub fn caesar(text: &str, shift: i32) -> String {
    let step = shift.rem_euclid(26) as u8;
    text.chars()
        .map(|letter| {
            if letter.is_ascii_lowercase() {
                let moved = (letter as u8 - b'a' + step) % 26;
                (b'a' + moved) as char
            } else {
                letter
            }
        })
        .collect()
}
