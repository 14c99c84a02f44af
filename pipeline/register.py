"""Which body a printed name means: a council of the register, or another body by its words.

>>> lookup("LB Hounslow").code
'E09000018'
>>> lookup("Somerset Council", date(2014, 5, 1)).name
'Somerset County Council'
>>> lookup("Ashgrove Care (Midlands) Ltd").type
'care_provider'

A council's name is a place and a designation ("London Borough of", "MBC", "City Council"). The
designation is peeled off both ends and what is left must be a place of `patterns/councils.csv`,
whole: nothing is searched for inside a name, so a company named after a place is never its council.
Everything else is told by the words of `patterns/bodies.toml`.
"""

from __future__ import annotations

import csv
import functools
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

MAX_NAME = 300
"""Characters of a name that are read; the longest real one has about 120."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body as the tables print it.

    `name`: a council's official name, any other body's name as printed, spaces collapsed.
    `code`: GSS code (E06… unitary, E07… district, E08… metropolitan, E09… London, E10… county), the
    council's current one or its last; None where the body is no English council.
    `type`: `council_type` of the decisions table, never None.
    `region`: English region as ONS prints it, None where the body is no council.
    `population`: persons in mid-2020 (ONS) in its area, also where the council is younger;
    None where unknown and for other bodies.
    `rule`: what decided. `council.name` the words alone; between two councils of one name
    `council.date` the date or `council.today` existing today; `bodies.toml`'s id; `body.unknown`.
    """

    name: str
    code: str | None
    type: str
    region: str | None
    population: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Council:
    """A row of `patterns/councils.csv`.

    `start` and `end`: first and last day; no start: there before 2009, no end: there today.
    `replaced_by`, `other_codes`: GSS codes of its successors; earlier ones of the same council.
    `aliases`: names that the rules for usual forms do not give.
    """

    code: str
    name: str
    core: str
    type: str
    region: str
    start: date | None
    end: date | None
    replaced_by: tuple[str, ...]
    other_codes: tuple[str, ...]
    aliases: tuple[str, ...]
    population: int | None

    def existed(self, on: date | None) -> bool:
        """Whether it existed on that day; None: whether it exists today."""
        if on is None:
            return self.end is None
        return (self.start or date.min) <= on <= (self.end or date.max)


# What each word of a designation says about the council; an empty set says nothing.
# "BC" and "CC" stand for several things, so one of the set is enough.
_DESIGNATION = {
    **{word: {word} for word in ("metropolitan", "royal", "borough", "district", "city", "county")},
    **{word: {"london"} for word in ("lb", "lbc")},
    **{word: {"metropolitan"} for word in ("mb", "mbc", "mdc")},
    **{word: {"unitary"} for word in ("unitary", "ua")},
    **{"rb": {"royal"}, "bc": {"borough"}, "dc": {"district"}, "cc": {"city", "county"}},
    **dict.fromkeys(("council", "corporation", "the", "of", "and"), frozenset()),
}
# What a council of this type may be called; "city", "royal" and a unitary's "county" only by title.
_GOES_BY = {
    "county": {"county"},
    "unitary": {"unitary", "borough", "district"},
    "london_borough": {"london", "borough"},
    "metropolitan_district": {"metropolitan", "borough", "district"},
    "district": {"borough", "district"},
}
# Spellings of one word, brought to one form.
_SAME = {
    "on": "upon", "saint": "st",
    "beds": "bedfordshire", "bucks": "buckinghamshire", "cambs": "cambridgeshire",
    "derbys": "derbyshire", "glos": "gloucestershire", "hants": "hampshire",
    "herts": "hertfordshire", "lancs": "lancashire", "leics": "leicestershire",
    "lincs": "lincolnshire", "northants": "northamptonshire", "notts": "nottinghamshire",
    "oxon": "oxfordshire", "staffs": "staffordshire", "warks": "warwickshire",
    "wilts": "wiltshire", "worcs": "worcestershire", "yorks": "yorkshire",
}  # fmt: skip
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_BRACKETED = re.compile(r"[(\[][^)\]]*[)\]]?")


def _words(name: str) -> list[str]:
    """The words of a name: small letters, no punctuation, usual spellings made one."""
    # Apostrophes go first: NFKC turns the acute accent into a space.
    text = unicodedata.normalize("NFKC", name.translate(_APOSTROPHES)).casefold().replace("&", " and ")
    text = " ".join(re.findall(r"\w+", text))
    # "London" alone is a place, the City's; as a designation it is always this pair.
    text = text.replace("london borough", "lb").replace("unitary authority", "unitary")
    return [_SAME.get(word, word) for word in text.split()]


def _parse(name: str) -> tuple[str, list[str]]:
    """The place and the designation's words."""
    words = _words(name)
    first, last = 0, len(words)
    while last > 1 and words[last - 1] in _DESIGNATION:
        last -= 1
    while first < last - 1 and words[first] in _DESIGNATION:
        first += 1
    return " ".join(words[first:last]), words[:first] + words[last:]


def _says(designation: list[str]) -> frozenset[str]:
    return frozenset().union(*(_DESIGNATION[word] for word in designation))


@functools.cache
def councils() -> dict[str, Council]:
    """The register by GSS code, from `patterns/councils.csv`."""
    text = resources.files("patterns").joinpath("councils.csv").read_text("utf-8")
    register = {}
    for row in csv.DictReader(text.splitlines()):
        values: dict[str, Any] = dict(row)
        for key in ("start", "end"):
            values[key] = date.fromisoformat(row[key]) if row[key] else None
        for key in ("replaced_by", "other_codes", "aliases"):
            values[key] = tuple(filter(None, row[key].split(";")))
        values["population"] = int(row["population"]) if row["population"] else None
        register[row["code"]] = Council(**values)
    return register


@functools.cache
def _places() -> dict[str, list[tuple[Council, frozenset[str], frozenset[str]]]]:
    """Place -> the councils called so, each with that name's designations and all it goes by."""
    places: dict[str, list] = {}
    for council in councils().values():
        parsed = map(_parse, (*council.aliases, council.name))  # of one place the name counts
        named = [(place, _says(words)) for place, words in parsed]
        goes_by = frozenset(_GOES_BY[council.type]).union(*(says for _, says in named))
        for place, says in dict(named).items():
            places.setdefault(place, []).append((council, says, goes_by))
    return places


def _council(name: str, on: date | None, designated: bool = False) -> tuple[Council, str] | None:
    """The council of that name and the rule; `designated`: not by a bare place."""
    place, designation = _parse(name)
    if place == "london" and not {"city", "corporation"} & set(designation):
        return None  # the City is never called by that word alone
    if designated and set(designation) <= {"the", "of", "and"}:
        return None
    asked = [_DESIGNATION[word] for word in designation if _DESIGNATION[word]]
    found = [entry for entry in _places().get(place, ()) if all(one & entry[2] for one in asked)]
    if len(found) > 1 and asked:
        found = [entry for entry in found if entry[1] == _says(designation)] or found
    if len(found) == 1:
        return found[0][0], "council.name"
    for rule, day in (("council.date", on), ("council.today", None))[on is None :]:
        there = [council for council, *_ in found if council.existed(day)]
        if len(there) == 1:
            return there[0], rule
    return None  # no such place, or nothing tells which: no guess


@functools.cache
def bodies() -> tuple[tuple[str, str, re.Pattern], ...]:
    """The entries of `patterns/bodies.toml` in their order: id, type, what finds its words."""
    text = resources.files("patterns").joinpath("bodies.toml").read_text("utf-8")
    entries = []
    for body in tomllib.loads(text)["body"]:
        words = body["words"] if isinstance(body["words"], str) else _any_of(body["words"])
        names = rf"|^(?:{_any_of(body['names'])})$" if "names" in body else ""
        entries.append((body["id"], body["type"], re.compile(rf"\b(?:{words})\b{names}")))
    return tuple(entries)


def _any_of(phrases: list[str]) -> str:
    return "|".join(re.escape(" ".join(_words(phrase))) for phrase in phrases)


def lookup(name: str, on: date | None = None) -> Body:
    """The body a printed name means; `on` is the decision's date, None where unknown.

    Councils first, because only a whole name can be one; then the first entry of `bodies.toml`
    whose words the name has; else type `other`. What stands in brackets is left out where the rest
    says that it is a council. Never raises on a string: an empty name is `other`.
    """
    name = " ".join(name[:MAX_NAME].split())
    found = _council(name, on) or _council(_BRACKETED.sub(" ", name), on, designated=True)
    if found:
        council, rule = found
        return Body(council.name, council.code, council.type, council.region, council.population, rule)
    words = " ".join(_words(name))
    for rule, type_, pattern in bodies():
        if pattern.search(words):
            return Body(name, None, type_, None, None, rule)
    return Body(name, None, "other", None, None, "body.unknown")
