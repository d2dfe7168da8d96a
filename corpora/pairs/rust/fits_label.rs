/// Whether a caption and its unit, with a space between them, fit a label.
pub fn fits_label(caption: &str, unit: &str, width: usize) -> bool {
    let mut needed = caption.len();
    if !unit.is_empty() {
        needed += 1 + unit.len();
    }
    needed <= width
}
