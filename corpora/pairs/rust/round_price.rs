/// A price in whole units.
pub fn round_price(price: f64) -> i64 {
    price.round() as i64
}
