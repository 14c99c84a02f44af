"""What the terminal shows: a comparison as a table, a decision with its record and its marks. Plain when piped."""

from __future__ import annotations

import math
import sys
from collections.abc import Hashable, Iterable, Iterator
from typing import Any, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.compare import Comparison

# Letter of a mark, its table, the name of its number, its style: told apart by letter where there is no colour.
_MARKS = (
    ("F", "fault_findings", "finding_no", "#111111 on #ffd5cc"),
    ("R", "remedies", "remedy_no", "#111111 on #cfe8ff"),
    ("I", "procedural_improvements", "improvement_no", "#111111 on #d8f5d0"),
)
_UNWRAPPED = 1_000_000
_GUTTER = 6


def console(file: TextIO | None = None) -> Console:
    """A console that wraps and colours on a terminal; elsewhere it writes plain text, a paragraph a line."""
    out = file or sys.stdout
    return Console(file=out, highlight=False, markup=False, emoji=False, width=None if out.isatty() else _UNWRAPPED)


# --- a comparison ----------------------------------------------------------------------------------------------


def comparison(found: Comparison, to: Console) -> None:
    """Prints a comparison: a row a group, all together last, then its notes.

    Where the terminal is too narrow, columns are left out instead of cutting figures short, and a last line says which.
    """
    rows = [_cells(found, row) for row in [*found.groups.to_dict("records"), found.overall.to_dict()]]
    heads = [head for head in rows[0] if head == "" or any(row[head] for row in rows)]
    dropped = []
    for head in ("quartiles", "per 100,000", "left out", "95% interval"):
        if _width(heads, rows) > to.width and head in heads:
            heads.remove(head)
            dropped.append(head)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title_justify="left", title_style="bold")
    table.title = f"{found.measure.title}, by {found.by.replace('_', ' ')}"
    for head in heads:
        table.add_column(head, justify="left" if head in ("", "limits") else "right", no_wrap=head != "")
    for row in rows[:-1]:
        table.add_row(*(Text(row[head]) for head in heads))
    table.add_section()
    table.add_row(*(Text(rows[-1][head]) for head in heads))
    to.print(table)
    for note in found.notes():
        to.print(Text(_printable(note)))
    if dropped:
        to.print(Text(f"Too narrow for: {_join(dropped)}; widen the terminal, or write --csv."))


def _width(heads: list[str], rows: list[dict[str, str]]) -> int:
    """What the table needs; names go on several lines where they must."""
    widest = [max(len(head), *(len(row[head]) for row in rows)) for head in heads]
    return min(widest[0], 24) + sum(widest[1:]) + 3 * len(heads)


def _cells(found: Comparison, row: dict[Hashable, Any]) -> dict[str, str]:
    """A row's cells by their heading."""
    kind = found.measure.kind
    cells = {
        "": _printable(row["group"]).replace("_", " ") + ("*" if row["small"] else ""),
        "n": f"{row['n']:,}",
        "left out": f"{row['left_out']:,}" if row["left_out"] else "",
    }
    if kind == "share":
        cells["share"] = _percent(row["rate"])
        cells["95% interval"] = _span(_percent(row["low"]), _percent(row["high"]))
        cells["total"] = f"{row['total']:,.0f}"
    else:
        show = pounds if kind == "pounds" else _number
        cells["median"] = show(row["median"])
        cells["95% interval"] = _span(show(row["low"]), show(row["high"]))
        cells["quartiles"] = _span(show(row["q1"]), show(row["q3"]))
        cells["total"] = show(row["total"])
    cells["paid"] = _percent(row["share_with_payment"])
    cells["per 100,000"] = (pounds if kind == "pounds" else _rate)(row["per_100k"])
    cells["limits"] = row["funnel"] or ""
    return cells


def pounds(value: float | None) -> str:
    """£1,234.50; whole pounds without pence; empty for null."""
    if value is None or math.isnan(value):
        return ""
    return f"£{value:,.2f}".removesuffix(".00")


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:,.2f}".rstrip("0").rstrip(".")


def _rate(value: float) -> str:
    return "" if math.isnan(value) else f"{value:,.2f}"


def _percent(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.0%}"


def _span(low: str, high: str) -> str:
    return f"{low} – {high}" if low else ""


# --- a decision ------------------------------------------------------------------------------------------------


def decision(record: dict[str, Any], to: Console) -> None:
    """Prints a decision, as `Tables.find` gives it: its record, then its text.

    In the text a finding stands as [words]F1, a remedy as [words]R1, an improvement as [words]I1, coloured on a
    terminal; the decision's own paragraph numbers stand at the side. Nothing of the text is left out.
    """
    _head(record, to)
    to.print()
    for number, depth, line in _lines(record):
        if not to.is_terminal:
            to.print(Text(f"{number:>4}  " + "    " * depth).append_text(line))
            continue
        row = Table.grid(padding=(0, 1, 0, 0))
        row.add_column(width=_GUTTER - 2, justify="right", style="dim")
        row.add_column()
        row.add_row(number, Padding(line, (0, 0, 0, 4 * depth)))
        to.print(row)


def _head(record: dict[str, Any], to: Console) -> None:
    to.print(Text(_printable(record["council"] or "No body printed"), "bold"))
    facts = Table.grid(padding=(0, 2, 0, 0))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column()
    body = [record["council_type"], record["region"], record["council_code"]]
    total = pounds(record["remedy_total"]) + (
        "" if record["remedy_total_complete"] else ", and payments with no figure"
    )
    found = {True: "found", False: "not found", None: "not decided"}
    for name, value in (
        ("Decision", record["decision_id"]),
        ("Body", _join(v.replace("_", " ") for v in body if v)),
        ("Category", _join(v for v in (record["category"], record["subcategory"]) if v)),
        ("Outcome", f"{record['outcome'].replace('_', ' ')}, from the {record['outcome_source']}"),
        ("Date", record["decision_date"] and f"{record['decision_date']:%-d %B %Y}"),
        ("Fault", f"{found[record['fault_found']]}; injustice {found[record['injustice_found']]}"),
        ("Remedy", total),
        ("Check", _join(w.replace("_", " ") for w in record["warnings"])),
        ("File", record["source_path"]),
    ):
        if value:
            facts.add_row(name, Text(_printable(value)))
    to.print(facts)
    items = Table.grid(padding=(0, 2, 0, 0))
    items.add_column(no_wrap=True)
    for letter, table, number, style in _MARKS:
        for item in record[table]:
            at = f"paragraph {item['paragraph']}" if item["paragraph"] else item["section"] or ""
            cells = (*_told(table, item), at, item["rule"])
            items.add_row(Text(f"{letter}{item[number]}", style), *(Text(_printable(cell)) for cell in cells))
    if items.row_count:
        to.print()
        to.print(items)


def _told(table: str, item: dict[str, Any]) -> tuple[str, str]:
    """What an item is, and its particulars."""
    if table == "fault_findings":
        return ("fault" if item["fault"] else "no fault"), f"in the {item['part'].replace('_', ' ')}"
    what = item["kind"].replace("_", " ")
    if table == "remedies" and item["amount"] is not None:
        what += f" {pounds(item['amount'])}"
    if table == "remedies" and item["unit_amount"] is not None:
        what += f" ({item['units'] or '?'} × {pounds(item['unit_amount'])})"
    by = item["deadline_date"] and f"by {item['deadline_date']:%-d %B %Y}"
    recipient = item.get("recipient")
    return what, _join(v for v in (recipient and f"for {recipient}", item["status"].replace("_", " "), by) if v)


def _join(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _lines(record: dict[str, Any]) -> Iterator[tuple[str, int, Text]]:
    """The text, line by line: paragraph number or "", depth, words with their marks."""
    text: str = record["text"]
    headings = {s["start"] for s in record["sections"] if s["heading"]}
    marks = [
        (item["start"], item["end"], f"{letter}{item[number]}", style)
        for letter, table, number, style in _MARKS
        for item in record[table]
    ]
    at = 0
    for paragraph in [*record["paragraphs"], None]:
        start = paragraph["start"] if paragraph else len(text)
        between = text[at:start].rpartition("\n") if paragraph else (text[at:], "", "")
        place = at
        for line in between[0].split("\n"):
            if line.strip():
                heading = any(place <= h <= place + len(line) for h in headings)
                if heading:
                    yield "", 0, Text()
                yield "", 0, _marked(text, place, place + len(line), marks, "bold" if heading else "dim")
            place += len(line) + 1
        if paragraph:
            # What stands before a paragraph on its line is its marker; a paragraph's own number stands at the side.
            marker = between[2].strip()
            if not paragraph["depth"] and not any(c.isalpha() for c in marker):
                marker = ""
            words = Text(f"{marker} " if marker else "").append_text(_marked(text, start, paragraph["end"], marks, ""))
            number = paragraph["number"] if not paragraph["depth"] else None
            yield str(number or ""), paragraph["depth"], words
            at = paragraph["end"]


def _marked(text: str, start: int, end: int, marks: list[tuple[int, int, str, str]], base: str) -> Text:
    """text[start:end] with the marks that stand in it; one that goes on beyond is closed and opened again."""
    here = [(max(s, start), min(e, end), name, style) for s, e, name, style in marks if s < end and e > start]
    cuts = sorted({start, end, *(c for s, e, *_ in here for c in (s, e))})
    line = Text()
    for cut, following in zip(cuts, [*cuts[1:], None], strict=True):
        ending = [mark for mark in here if mark[1] == cut]
        starting = [mark for mark in here if mark[0] == cut]
        for *_, name, style in sorted(ending, reverse=True):  # the innermost ends first
            line.append(f"]{name}", style)
        for *_, style in starting:
            line.append("[", style)
        if following is not None:
            over = [m for m in here if m[0] <= cut < m[1]]
            style = min(over, key=lambda m: m[1] - m[0])[3] if over else base
            line.append(_printable(text[cut:following]), style)
    line.no_wrap = False
    return line


def _printable(text: str) -> str:
    """Without what hostile text could do to a terminal; line ends within a paragraph become spaces."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text)
