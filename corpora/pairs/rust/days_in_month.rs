pub fn days_in_month(year: i32, month: u32) -> Result<u32, String> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Ok(31),
        4 | 6 | 9 | 11 => Ok(30),
        2 => {
            let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
            Ok(if leap { 29 } else { 28 })
        }
        _ => Err(format!("no month {}", month)),
    }
}
