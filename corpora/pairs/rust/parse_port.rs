/// A port number, written in decimal.
pub fn parse_port(text: &str) -> Result<u16, String> {
    match text.parse::<u16>() {
        Ok(0) => Err("no such port".to_string()),
        Ok(port) => Ok(port),
        Err(_) => Err("not a number".to_string()),
    }
}
