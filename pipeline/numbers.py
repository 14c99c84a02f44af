"""Numbers as decisions print them: sums of money, whole numbers in figures or words, numbers of units."""

from __future__ import annotations

import functools
import re
from decimal import Decimal, InvalidOperation

_ONES = {
    w: i
    for i, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    w: 10 * i for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_SCALES = {"hundred": 100, "thousand": 1000}
_PART = re.compile(r"(.*?)(\.\d+|\s*½|\s+and\s+a\s+half)?", re.I | re.S)
_BETWEEN_WORDS = re.compile(r"[\s-]+")
_FIGURES = re.compile(r"[\d,.\s]*\d")
_MULTIPLE = re.compile(r"(million|m|k)$", re.I)
_POUNDS = re.compile(r"\s+pounds$", re.I)
_PENNY = Decimal("0.01")
_MULTIPLES = {"k": 1_000, "m": 1_000_000, "million": 1_000_000}


def whole_number(printed: str) -> int | None:
    """A whole number in figures or words ("14", "twenty-five", "one hundred and ten"); null for anything else."""
    printed = printed.strip().lower().replace(",", "")
    if printed.isdigit():
        return int(printed) if len(printed) < 10 else None
    total = current = 0
    for word in _BETWEEN_WORDS.split(printed):
        if word in _ONES:
            current += _ONES[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if word == "thousand":
                total, current = total + current, 0
        elif word == "a":
            current += 1
        elif word != "and":
            return None
    return total + current or None


def number_of_units(printed: str) -> Decimal | int | None:
    """A number of terms, weeks or the like, which may end in a half ("two and a half"); null for anything else."""
    matched = _PART.fullmatch(printed.strip())
    assert matched  # it takes any text
    whole, part = matched.groups()
    number = whole_number(whole)
    if number is None or part is None:
        return number
    return number + Decimal(part if part.startswith(".") else "0.5")


@functools.lru_cache(maxsize=8192)
def pounds(printed: str) -> Decimal | None:
    """A printed sum in pounds: "£1,500", "£46, 500.57", "£1.2 million", "one hundred pounds"; null for what is none."""
    printed = printed.strip()
    if printed.startswith("£"):
        number = _FIGURES.match(printed[1:].strip())
        multiple = _MULTIPLE.search(printed)
        if number is None:
            return None
        try:
            value = Decimal("".join(number[0].replace(",", "").split()))
        except InvalidOperation:
            return None
        value *= _MULTIPLES[multiple[0].lower()] if multiple else 1
        return value.quantize(_PENNY) if value < Decimal(10) ** 10 else None
    if printed[-1:] == "p" and printed[:-1].isdigit():
        return Decimal(printed[:-1]) / 100
    whole = whole_number(_POUNDS.sub("", printed))
    return Decimal(whole).quantize(_PENNY) if whole else None
