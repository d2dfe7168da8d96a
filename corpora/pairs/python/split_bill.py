def split_bill(cents: int, guests: int) -> tuple[int, int]:
    """What each guest pays, and what is left over."""
    share = cents // guests
    return share, cents - share * guests
