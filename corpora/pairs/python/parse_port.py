def parse_port(text: str) -> int:
    """A port number, written in decimal."""
    port = int(text)
    if port < 1 or port > 65535:
        raise ValueError("no such port")
    return port
