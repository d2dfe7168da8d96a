def round_price(price: float) -> int:
    """A price in whole units."""
    return round(price)
