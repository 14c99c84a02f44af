"""Dates as decisions print them."""

from __future__ import annotations

import datetime as dt
import functools
import re

import regex
from dateutil import parser

_DAY_MONTH_YEAR = regex.compile(
    r"(?:\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Z][a-z]{2,8}\.?,?\s+\d{4}\b|\b[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{4}\b)",
    regex.I,
)
_YEAR_FIRST = re.compile(r"\d{4}-")


@functools.lru_cache(maxsize=8192)
def read_date(printed: str) -> dt.date | None:
    """A date printed in full, day first where figures leave it open; null for anything that is not a whole date."""
    found = _DAY_MONTH_YEAR.search(printed)
    if not found:
        return None
    try:
        return parser.parse(found[0].replace(" of ", " "), dayfirst=not _YEAR_FIRST.match(found[0])).date()
    except (ValueError, OverflowError):
        return None
