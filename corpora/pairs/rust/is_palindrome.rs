/// Whether the items read the same from both ends.
pub fn is_palindrome(items: &[i32]) -> bool {
    let n = items.len();
    for i in 0..n / 2 {
        if items[i] != items[n - 1 - i] {
            return false;
        }
    }
    true
}
