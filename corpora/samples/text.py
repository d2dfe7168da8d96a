# SPDX-License-Identifier: Apache-2.0
"""Looking at text."""

import icontract


@icontract.ensure(lambda result, text: result == (text == text[::-1]))
def is_palindrome(text: str) -> bool:
    """Whether the text reads the same from both ends.

    >>> is_palindrome("level")
    True
    """
    left = 0
    right = len(text) - 1
    while left < right:
        if text[left] != text[right]:
            return False
        left += 1
        right -= 1
    return True


@icontract.ensure(lambda result, text: 0 <= result <= len(text))
def count_vowels(text: str) -> int:
    """How many letters are vowels, in either case.

    >>> count_vowels("Aeolian")
    5
    """
    return sum(1 for letter in text.lower() if letter in "aeiou")


@icontract.require(lambda width: width > 0)
@icontract.ensure(lambda result, text: "".join(result) == text)
@icontract.ensure(lambda result, width: all(0 < len(part) <= width for part in result))
def wrapped(text: str, width: int) -> list[str]:
    """The text in pieces of at most `width`.

    >>> wrapped("abcdefg", 3)
    ['abc', 'def', 'g']
    """
    return [text[start : start + width] for start in range(0, len(text), width)]


@icontract.require(lambda word: word.isalpha())
def initial(word: str) -> str:
    """The first letter, in upper case.

    >>> initial("euler")
    'E'
    """
    return word[0].upper()
