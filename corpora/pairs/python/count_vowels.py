def count_vowels(text: str) -> int:
    """How many of the letters are vowels."""
    return sum(1 for letter in text if letter in "aeiou")
