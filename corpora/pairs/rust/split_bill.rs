/// What each guest pays, and what is left over.
pub fn split_bill(cents: i64, guests: i64) -> (i64, i64) {
    (cents / guests, cents % guests)
}
