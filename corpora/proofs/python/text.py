# SPDX-License-Identifier: Apache-2.0
"""Text: palindromes, counting and replacing characters, building."""

from icontract import ensure, require


@ensure(lambda text, result: result == (text == text[::-1]))
def reads_both_ways(text: str) -> bool:
    """Whether a text is a palindrome, from both ends."""
    i = 0
    j = len(text) - 1
    while i < j:
        if text[i] != text[j]:
            return False
        i += 1
        j -= 1
    return True


@ensure(lambda text, result: result == text[::-1])
def backwards(text: str) -> str:
    """A text from its end."""
    out = ""
    for c in text:
        out = c + out
    return out


@require(lambda c: len(c) == 1)
@ensure(lambda text, c, result: result == text.count(c))
def how_many(text: str, c: str) -> int:
    """How often a character occurs."""
    n = 0
    for letter in text:
        if letter == c:
            n += 1
    return n


@ensure(lambda text, result: result == sum(1 for c in text if c in "aeiou"))
def vowels(text: str) -> int:
    """How many small vowels there are."""
    n = 0
    for c in text:
        if c in "aeiou":
            n += 1
    return n


@ensure(lambda text, result: len(result) == len(text))
@ensure(lambda text, result: all(c != " " for c in result))
def underscored(text: str) -> str:
    """Every blank replaced."""
    out = ""
    for c in text:
        if c == " ":
            out += "_"
        else:
            out += c
    return out


@ensure(lambda text, result: all(c != " " for c in result))
@ensure(lambda text, result: len(result) <= len(text))
def without_blanks(text: str) -> str:
    """What is left when the blanks go."""
    out = ""
    for c in text:
        if c != " ":
            out += c
    return out


@ensure(lambda text, prefix, result: result == text.startswith(prefix))
def begins_with(text: str, prefix: str) -> bool:
    """Whether a text begins with another."""
    if len(prefix) > len(text):
        return False
    for i in range(len(prefix)):
        if text[i] != prefix[i]:
            return False
    return True


@ensure(lambda text, result: -1 <= result < len(text))
@ensure(lambda text, result: result == -1 or text[result] == " ")
@ensure(lambda text, result: result != -1 or " " not in text)
def first_blank(text: str) -> int:
    """The first place of a blank, or -1."""
    for i in range(len(text)):
        if text[i] == " ":
            return i
    return -1


@require(lambda n: n >= 0)
@ensure(lambda c, n, result: result == c * n)
def repeated(c: str, n: int) -> str:
    """A text n times."""
    out = ""
    for _ in range(n):
        out += c
    return out


@require(lambda text: all(c in "01" for c in text))
@ensure(lambda text, result: result >= 0)
def binary_value(text: str) -> int:
    """The number that binary digits stand for."""
    value = 0
    for c in text:
        value = 2 * value
        if c == "1":
            value += 1
    return value


@ensure(lambda a, b, result: result <= len(a))
@require(lambda a, b: len(a) == len(b))
@ensure(lambda a, b, result: result == sum(1 for i in range(len(a)) if a[i] != b[i]))
def hamming_distance(a: str, b: str) -> int:
    """In how many places two texts differ."""
    n = 0
    for i in range(len(a)):
        if a[i] != b[i]:
            n += 1
    return n


@ensure(lambda words, result: result == sum(len(w) for w in words))
def total_length(words: list[str]) -> int:
    """The lengths of all words together."""
    n = 0
    for w in words:
        n += len(w)
    return n


@require(lambda words: len(words) > 0)
@ensure(lambda words, result: result in words and all(len(w) <= len(result) for w in words))
def longest_word(words: list[str]) -> str:
    """A word that no other exceeds."""
    best = words[0]
    for w in words:
        if len(w) > len(best):
            best = w
    return best


@ensure(lambda words, result: result == "".join(words))
def glued(words: list[str]) -> str:
    """All words as one."""
    out = ""
    for w in words:
        out += w
    return out
