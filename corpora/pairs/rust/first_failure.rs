/// The first code that is not 0, or 0.
pub fn first_failure(codes: &[i32]) -> i32 {
    let failure = 0;
    for &code in codes {
        if code != 0 && failure == 0 {
            let failure = code;
            if failure < 0 {
                return failure;
            }
        }
    }
    failure
}
