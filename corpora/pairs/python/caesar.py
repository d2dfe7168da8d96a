def caesar(text: str, shift: int) -> str:
    """Lower-case letters moved along the alphabet; everything else stays."""
    out = ""
    for letter in text:
        if "a" <= letter <= "z":
            moved = (ord(letter) - ord("a") + shift) % 26
            out += chr(ord("a") + moved)
        else:
            out += letter
    return out
