"""The heading: body, case reference, category, outcome label, date, and the decision's identity.

Values are taken as printed there; nothing is guessed from the body of the text (LABELLING.md, "Header").
"""

from __future__ import annotations

import hashlib

from pipeline import language
from pipeline.dates import read_date
from pipeline.records import Decision
from pipeline.structure import part_of_heading

_MAX_HEADING = 6_000


def add(decision: Decision) -> None:
    """Adds the heading's values, `summary`, `decision_id` and the warnings `heading_missing` and `date_unreadable`."""
    head = _Heading(_heading_text(decision))
    banner = head.first("banner")
    _bodies(decision, head, banner)
    category = head.first("category") or banner
    decision.category = _line(category.get("category"))
    decision.subcategory = _line(category.get("subcategory"))
    decision.outcome_label = _line((head.first("outcome") or banner).get("outcome"))
    printed = (head.first("date") or banner).get("date")
    decision.decision_date = read_date(printed) if printed else None
    if printed and decision.decision_date is None:
        decision.warnings.append("date_unreadable")
    decision.summary = _summary(decision)
    decision.decision_id = identity(decision)
    if decision.case_reference is None and decision.council is None and decision.decision_date is None:
        decision.warnings.append("heading_missing")


class _Heading:
    """The heading's text, and what each pattern of `heading` finds there: each is asked for when it is needed."""

    def __init__(self, text: str):
        self.text = text
        self.expressions = {pattern.id: expression for pattern, expression in language.expressions("heading")}

    def first(self, name: str) -> dict:
        """The groups of the first match; empty without one."""
        found = next(self.expressions[f"heading.{name}"].finditer(self.text), None)
        return found.groupdict() if found else {}

    def bodies(self) -> list[dict]:
        """The bodies with their references: they end in a bracket, so that behind the last one none is looked for."""
        end = max(self.text.rfind(")"), self.text.rfind("]")) + 1
        expression = self.expressions["heading.body-and-reference"]
        return [found.groupdict() for found in expression.finditer(self.text, 0, end)] if end else []


def _heading_text(decision: Decision) -> str:
    head = decision.sections[0]
    lines = (line.strip() for line in decision.text[head.start : min(head.end, _MAX_HEADING)].split("\n"))
    return "\n".join(
        line for line in lines if line and part_of_heading(line) != "chrome" and not line.startswith(("- ", "• "))
    )


def _bodies(decision: Decision, head: _Heading, banner: dict) -> None:
    named = head.bodies() or [banner or head.first("body-alone")]
    bodies = [((_line(m["body"]) or "").strip(" ,;"), reference(m.get("reference"))) for m in named if m]
    if bodies:
        decision.council, decision.case_reference = bodies[0]
        decision.other_bodies = bodies[1:]


def _line(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def reference(printed: str | None) -> str | None:
    """A printed reference as `24 003 873` or `24 003 873a`; null for null."""
    if not printed:
        return None
    digits = "".join(c for c in printed if c.isdecimal())
    letter = "".join(c for c in printed.lower() if "a" <= c <= "z")
    return f"{digits[:2]} {digits[2:5]} {digits[5:8]}{letter}"


def identity(decision: Decision) -> str:
    """The case reference with hyphens, else `sha256-` and the first 16 hex digits of the text's SHA-256."""
    if decision.case_reference:
        return decision.case_reference.replace(" ", "-")
    return "sha256-" + hashlib.sha256(decision.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _summary(decision: Decision) -> str | None:
    sections = {i for i, section in enumerate(decision.sections) if section.part == "summary"}
    blocks = [b for b in decision.blocks if b.section in sections]
    return "\n".join(decision.text[b.start : b.end] for b in blocks) or None
