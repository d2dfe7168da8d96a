/// How many of the letters are vowels.
pub fn count_vowels(text: &str) -> usize {
    text.chars()
        .filter(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u'))
        .count()
}
