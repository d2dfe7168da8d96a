"""Annotations read as host types."""

import pytest

from autoform.crosscheck.python.hosts import INT_OR_FLOAT, UNKNOWN, Host, parse_host

INT = Host("int")


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("list[int]", Host("list", (INT,))),
        ("typing.List[int]", Host("list", (INT,))),
        ("'list[int]'", Host("list", (INT,))),
        ("tuple[int, ...]", Host("tuple", (INT, UNKNOWN))),
        ("dict[str, tuple[int]]", Host("dict", (Host("str"), Host("tuple", (INT,))))),
        ("list[int] | None", Host("list", (INT,))),
        ("Optional[list[int]]", Host("list", (INT,))),
        ("Final[int]", INT),
        ("int | float", Host(INT_OR_FLOAT)),
        ("Union[float, int, None]", Host(INT_OR_FLOAT)),
        ("", UNKNOWN),
        ("not a type(", UNKNOWN),
        ("[" * 5_000, UNKNOWN),
    ],
)
def test_parse(text: str, host: Host) -> None:
    assert parse_host(text) == host


def test_missing_arguments_are_unknown() -> None:
    assert parse_host("list").arg(0) == UNKNOWN
