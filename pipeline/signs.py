"""The signs of list items: letters, Roman numerals and numbers, with brackets or a stop."""

from __future__ import annotations

import re
from itertools import pairwise

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

BARE = r"(?:[a-z]|[ivx]{1,4}|\d{1,2})"
"""An expression for a sign without brackets or stop."""

PRINTED = re.compile(rf"(?<!\S)\(?({BARE})[).]\s+")
"""A sign as it stands before its item ("a) ", "(ii) ", "3. "); group 1 is the bare sign."""


def is_next(sign: str, other: str) -> bool:
    """Is the second the sign of the item behind that of the first: "(3)" behind "(2)", "iv)" behind "iii)"?"""
    one, two = sign.strip("().").lower(), other.strip("().").lower()
    if one.isdecimal():
        return two == f"{int(one) + 1}"
    return any((one, two) in pairwise(row) for row in (LETTERS, NUMERALS))
