/// The items of all rows that are not zero, row by row.
pub fn flatten(rows: &[Vec<i64>]) -> Vec<i64> {
    let mut out = Vec::new();
    for row in rows {
        for &item in row {
            if item == 0 {
                continue;
            }
            out.push(item);
        }
    }
    out
}
