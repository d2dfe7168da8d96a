/// The value of a pixel, 0 to 255.
pub fn brightness(level: f64, gain: f64) -> i32 {
    (level * gain) as u8 as i32
}
