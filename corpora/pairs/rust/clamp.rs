/// `value` between `low` and `high`; `low` wins where the two cross.
pub fn clamp(value: i64, low: i64, high: i64) -> i64 {
    let capped = if value > high { high } else { value };
    if capped < low {
        low
    } else {
        capped
    }
}
