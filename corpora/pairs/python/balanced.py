def balanced(text: str) -> bool:
    """Whether round brackets open and close in order."""
    depth = 0
    for letter in text:
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0
