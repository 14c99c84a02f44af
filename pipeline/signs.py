"""The signs of list items: letters, Roman numerals and numbers, with brackets or a stop."""

from __future__ import annotations

import re

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

BARE = r"(?:[a-z]|[ivx]{1,4}|\d{1,2})"
"""An expression for a sign without brackets or stop."""

PRINTED = re.compile(rf"(?<!\S)\(?({BARE})[).]\s+")
"""A sign as it stands before its item ("a) ", "(ii) ", "3. "); group 1 is the bare sign."""


def following(sign: str) -> list[str]:
    """The bare signs that may come next: "j" and "ii" behind "i"."""
    nexts = []
    if sign.isdecimal():
        nexts.append(f"{int(sign) + 1}")
    if sign in NUMERALS[:-1]:
        nexts.append(NUMERALS[NUMERALS.index(sign) + 1])
    if len(sign) == 1 and sign in LETTERS[:-1]:
        nexts.append(LETTERS[LETTERS.index(sign) + 1])
    return nexts


def is_next(sign: str, other: str) -> bool:
    """Is the second the sign of the item behind that of the first: "(3)" behind "(2)", "iv)" behind "iii)"?"""
    return other.strip("().").lower() in following(sign.strip("().").lower())
