"""What the terminal shows: a comparison as a table, a decision with its record and its marks. Plain when piped."""

from __future__ import annotations

import sys
from typing import Any, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline import view
from pipeline.compare import Comparison

# The style of a mark by its letter; marks are told apart by the letter where there is no colour.
_STYLES = {"F": "#111111 on #ffd5cc", "R": "#111111 on #cfe8ff", "I": "#111111 on #d8f5d0"}
_UNWRAPPED = 1_000_000
_GUTTER = 6


def console(file: TextIO | None = None) -> Console:
    """A console that wraps and colours on a terminal; elsewhere it writes plain text, a paragraph a line."""
    out = file or sys.stdout
    return Console(file=out, highlight=False, markup=False, emoji=False, width=None if out.isatty() else _UNWRAPPED)


def comparison(found: Comparison, to: Console) -> None:
    """Prints a comparison: a row a group, all together last, then its notes.

    Where the terminal is too narrow, columns are left out instead of cutting figures short, and a last line says which.
    """
    heads, rows = view.rows(found)
    dropped = []
    for head in ("quartiles", "per 100,000", "left out", "95% interval"):
        if _width(heads, rows) > to.width and head in heads:
            heads.remove(head)
            dropped.append(head)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title_justify="left", title_style="bold")
    table.title = view.title(found)
    for head in heads:
        table.add_column(head, justify="left" if head in ("", "limits") else "right", no_wrap=head != "")
    for row in rows[:-1]:
        table.add_row(*(Text(row[head]) for head in heads))
    table.add_section()
    table.add_row(*(Text(rows[-1][head]) for head in heads))
    to.print(table)
    for note in found.notes():
        to.print(Text(view.printable(note)))
    if dropped:
        to.print(Text(f"Too narrow for: {view.join(dropped)}; widen the terminal, or write --csv."))


def _width(heads: list[str], rows: list[dict[str, str]]) -> int:
    """What the table needs; names go on several lines where they must."""
    widest = [max(len(head), *(len(row[head]) for row in rows)) for head in heads]
    return min(widest[0], 24) + sum(widest[1:]) + 3 * len(heads)


def decision(record: dict[str, Any], to: Console) -> None:
    """Prints a decision, as `Tables.find` gives it: its record, then its text.

    In the text a finding stands as [words]F1, a remedy as [words]R1, an improvement as [words]I1, coloured on a
    terminal; the decision's own paragraph numbers stand at the side. Nothing of the text is left out.
    """
    _head(record, to)
    to.print()
    for line in view.lines(record):
        if line.form == "heading":
            to.print(Text())
        text = _marked(line)
        if not to.is_terminal:
            to.print(Text(f"{line.number:>4}  " + "    " * line.depth).append_text(text))
            continue
        row = Table.grid(padding=(0, 1, 0, 0))
        row.add_column(width=_GUTTER - 2, justify="right", style="dim")
        row.add_column()
        row.add_row(line.number, Padding(text, (0, 0, 0, 4 * line.depth)))
        to.print(row)


def _head(record: dict[str, Any], to: Console) -> None:
    to.print(Text(view.printable(record["council"] or "No body printed"), "bold"))
    facts = Table.grid(padding=(0, 2, 0, 0))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column()
    for name, value in view.facts(record):
        facts.add_row(name, Text(view.printable(value)))
    to.print(facts)
    items = Table.grid(padding=(0, 2, 0, 0))
    items.add_column(no_wrap=True)
    for kind in view.KINDS:
        for name, *cells in view.items(record, kind):
            items.add_row(Text(name, _STYLES[kind.letter]), *(Text(view.printable(cell)) for cell in cells))
    if items.row_count:
        to.print()
        to.print(items)


def _marked(line: view.Line) -> Text:
    """A line's words with the marks that stand in it."""
    base = {"heading": "bold", "plain": "dim"}.get(line.form, "")
    text = Text(f"{line.marker} " if line.marker else "")
    for piece in line.pieces:
        for mark in piece.opens:
            text.append("[", _STYLES[mark.letter])
        text.append(piece.words, _STYLES[piece.over[0].letter] if piece.over else base)
        for mark in piece.closes:
            text.append(f"]{mark.name}", _STYLES[mark.letter])
    text.no_wrap = False
    return text
