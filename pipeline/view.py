"""What is shown of a decision and of a comparison, as words and pieces of text: the same in the terminal and on pages.

`pipeline.show` prints it, `pipeline.report` and `pipeline.explore` make pages of it.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from pipeline.compare import Comparison


class Kind(NamedTuple):
    """A kind of mark: its letter, what its items are called, their table and the column of their number."""

    letter: str
    title: str
    table: str
    number: str


KINDS = (
    Kind("F", "Findings", "fault_findings", "finding_no"),
    Kind("R", "Remedies", "remedies", "remedy_no"),
    Kind("I", "Improvements", "procedural_improvements", "improvement_no"),
)

# --- a comparison ----------------------------------------------------------------------------------------------


def rows(found: Comparison) -> tuple[list[str], list[dict[str, str]]]:
    """The headings of a comparison's table, and its rows' cells by heading: a row a group, all together last.

    The first heading is "", the group; a column without any figure is left out.
    """
    made = [_cells(found, row) for row in [*found.groups.to_dict("records"), found.overall.to_dict()]]
    return [head for head in made[0] if head == "" or any(row[head] for row in made)], made


def title(found: Comparison) -> str:
    """Such as: Upheld, by council type."""
    return f"{found.measure.title}, by {words(found.by)}"


def _cells(found: Comparison, row: dict[Hashable, Any]) -> dict[str, str]:
    kind = found.measure.kind
    cells = {
        "": printable(row["group"]).replace("_", " ") + ("*" if row["small"] else ""),
        "n": f"{row['n']:,}",
        "left out": f"{row['left_out']:,}" if row["left_out"] else "",
    }
    if kind == "share":
        cells["share"] = percent(row["rate"])
        cells["95% interval"] = _span(percent(row["low"]), percent(row["high"]))
        cells["total"] = f"{row['total']:,.0f}"
    else:
        show = pounds if kind == "pounds" else _number
        cells["median"] = show(row["median"])
        cells["95% interval"] = _span(show(row["low"]), show(row["high"]))
        cells["quartiles"] = _span(show(row["q1"]), show(row["q3"]))
        cells["total"] = show(row["total"])
    cells["paid"] = percent(row["share_with_payment"])
    cells["per 100,000"] = (pounds if kind == "pounds" else _rate)(row["per_100k"])
    cells["limits"] = row["funnel"] or ""
    return cells


def pounds(value: float | None) -> str:
    """£1,234.50; whole pounds without pence; empty for null."""
    if value is None or math.isnan(value):
        return ""
    return f"£{value:,.2f}".removesuffix(".00")


def percent(value: float) -> str:
    """34%; empty for null."""
    return "" if math.isnan(value) else f"{value:.0%}"


def words(name: str) -> str:
    """A word of a closed vocabulary as a person writes it."""
    return name.replace("_", " ")


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:,.2f}".rstrip("0").rstrip(".")


def _rate(value: float) -> str:
    return "" if math.isnan(value) else f"{value:,.2f}"


def _span(low: str, high: str) -> str:
    return f"{low} – {high}" if low else ""


# --- a decision ------------------------------------------------------------------------------------------------


def facts(record: dict[str, Any]) -> list[tuple[str, str]]:
    """What stands above a decision, as `Tables.find` gives it: names and values; what is null is left out."""
    body = [record["council_type"], record["region"], record["council_code"]]
    total = pounds(record["remedy_total"]) + (
        "" if record["remedy_total_complete"] else ", and payments with no figure"
    )
    found = {True: "found", False: "not found", None: "not decided"}
    every = (
        ("Decision", record["decision_id"]),
        ("Body", join(words(v) for v in body if v)),
        ("Category", join(v for v in (record["category"], record["subcategory"]) if v)),
        ("Outcome", f"{words(record['outcome'])}, from the {record['outcome_source']}"),
        ("Date", record["decision_date"] and f"{record['decision_date']:%-d %B %Y}"),
        ("Fault", f"{found[record['fault_found']]}; injustice {found[record['injustice_found']]}"),
        ("Remedy", total),
        ("Check", join(words(w) for w in record["warnings"])),
        ("File", record["source_path"]),
    )
    return [(name, value) for name, value in every if value]


class Item(NamedTuple):
    """A finding, remedy or improvement in words. `name`: its mark, such as R1; `rule`: the pattern that decided."""

    name: str
    what: str
    particulars: str
    place: str
    rule: str


def items(record: dict[str, Any], kind: Kind) -> list[Item]:
    """A decision's items of a kind, in text order."""
    shown = []
    for item in record[kind.table]:
        place = f"paragraph {item['paragraph']}" if item["paragraph"] else item["section"] or ""
        shown.append(Item(f"{kind.letter}{item[kind.number]}", *_told(kind.table, item), place, item["rule"]))
    return shown


def _told(table: str, item: dict[str, Any]) -> tuple[str, str]:
    """What an item is, and its particulars."""
    if table == "fault_findings":
        return ("fault" if item["fault"] else "no fault"), f"in the {words(item['part'])}"
    what = words(item["kind"])
    if table == "remedies" and item["amount"] is not None:
        what += f" {pounds(item['amount'])}"
    if table == "remedies" and item["unit_amount"] is not None:
        what += f" ({item['units'] or '?'} × {pounds(item['unit_amount'])})"
    by = item["deadline_date"] and f"by {item['deadline_date']:%-d %B %Y}"
    recipient = item.get("recipient")
    check = [f"to check: {words(warning)}" for warning in item.get("warnings", ())]
    return what, join(v for v in (recipient and f"for {recipient}", words(item["status"]), by, *check) if v)


def join(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def printable(text: str) -> str:
    """Without what hostile text could do to a terminal or a page; line ends within a paragraph become spaces."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text)


# --- its text with marks ---------------------------------------------------------------------------------------


class Mark(NamedTuple):
    """Where an item stands in the text. `name`: its letter and number."""

    start: int
    end: int
    name: str

    @property
    def letter(self) -> str:
        return self.name[0]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that the same marks stand over, from `start` in the text on.

    `over`: those marks, the shortest first. `opens`, `closes`: the marks that begin before it and end behind it on
    this line, outermost first and innermost first; one that goes on over several lines does so on each.
    """

    start: int
    words: str
    over: list[Mark]
    opens: list[Mark]
    closes: list[Mark]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a decision as shown: a paragraph, a list item, a heading, or what stands between them ("plain").

    `number`: the decision's own paragraph number, "" where it has none; `depth`: of a list item, else 0; `marker`:
    what is printed before an item, such as "a)".
    """

    form: str
    number: str
    depth: int
    marker: str
    pieces: list[Piece]


def lines(record: dict[str, Any]) -> Iterator[Line]:
    """The text of a decision, as `Tables.find` gives it, line by line; no word is left out but paragraphs' markers."""
    text: str = record["text"]
    headings = {s["start"] for s in record["sections"] if s["heading"]}
    marks = [
        Mark(item["start"], item["end"], f"{kind.letter}{item[kind.number]}")
        for kind in KINDS
        for item in record[kind.table]
    ]
    at = 0
    for paragraph in [*record["paragraphs"], None]:
        start = paragraph["start"] if paragraph else len(text)
        between = text[at:start].rpartition("\n") if paragraph else (text[at:], "", "")
        place = at
        for line in between[0].split("\n"):
            if line.strip():
                heading = any(place <= h <= place + len(line) for h in headings)
                pieces = _pieces(text, place, place + len(line), marks)
                yield Line("heading" if heading else "plain", "", 0, "", pieces)
            place += len(line) + 1
        if paragraph:
            # What stands before a paragraph on its line is its marker; a paragraph's own number stands at the side.
            marker = printable(between[2].strip())
            if not paragraph["depth"] and not any(c.isalpha() for c in marker):
                marker = ""
            number = paragraph["number"] if not paragraph["depth"] else None
            pieces = _pieces(text, start, paragraph["end"], marks)
            form = "item" if paragraph["depth"] else "paragraph"
            yield Line(form, str(number or ""), paragraph["depth"], marker, pieces)
            at = paragraph["end"]


def _pieces(text: str, start: int, end: int, marks: list[Mark]) -> list[Piece]:
    """text[start:end], cut where marks begin and end."""
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = sorted({start, end, *(c for m in here for c in (max(m.start, start), min(m.end, end)))})
    pieces = []
    for cut, following in pairwise(cuts):
        over = sorted((m for m in here if m.start <= cut < m.end), key=lambda m: m.end - m.start)
        opens = [m for m in here if max(m.start, start) == cut]
        closes = sorted((m for m in here if min(m.end, end) == following), reverse=True)
        pieces.append(Piece(cut, printable(text[cut:following]), over, opens, closes))
    return pieces
