"""The types that pass through the stages: one Decision, to which each stage adds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True)
class Section:
    """A heading and what stands under it. Offsets into the decision's text; `heading` is "" before the first one."""

    heading: str
    part: str  # heading, summary, complaint, scope, powers, consideration, findings, action, final_decision, end
    start: int
    end: int


@dataclass(slots=True)
class Block:
    """A paragraph or list item, without its marker.

    `number` is the decision's own paragraph number, null for what is not numbered (the summary, quotations set
    apart) and, for an item, that of the paragraph it stands under. `depth` is 0 for a paragraph, 1 and more for
    items; `parent` is the place in `Decision.blocks` of the lead-in an item hangs on.
    """

    start: int
    end: int
    section: int
    depth: int = 0
    number: int | None = None
    parent: int | None = None
    marker: str = ""


@dataclass(slots=True)
class Evidence:
    """Where a value stands in the text, and the id of the pattern that decided: `text[start:end] == quote`."""

    quote: str
    start: int
    end: int
    paragraph: int | None
    section: str | None
    rule: str


@dataclass(slots=True)
class Action:
    """Something a body has agreed, was told, has offered or has done: the raw form of remedy and improvement.

    `start` and `end` are the words that name it, `item_end` the end of the item it stands in with its explanations.
    `audience` is "person" or "others". `deadline` is null where there is none.
    """

    start: int
    end: int
    item_start: int
    item_end: int
    block: Block
    kind: str
    audience: str
    rule: str
    status: str
    body: str | None = None
    deadline: str | None = None
    working: bool = False
    named: bool = False  # the person is named in its words
    lead: tuple[int, int] | None = None  # the sentence that leads in to the item
    governed: tuple[int, int] | None = None  # the words with its verb, where they stand before another thing given
    endorsed: bool = False  # is it an offer that the Ombudsman calls a suitable remedy?
    replaced: bool = False  # what stands behind it is the same payment: the parts of its sum, or another sum for it
    warnings: list[str] = field(default_factory=list)

    def was_done(self) -> None:
        """Makes what was due something done already, which has no deadline."""
        self.status, self.deadline, self.working = "already_done", None, False


@dataclass(slots=True)
class FaultFinding:
    """A sentence in which the Ombudsman says that there was fault (`fault` true) or that there was none."""

    fault: bool
    part: str
    evidence: Evidence


@dataclass(slots=True)
class Remedy:
    """An action for the person. Sums in pounds; null where the text gives none or the remedy is not money."""

    kind: str
    status: str
    evidence: Evidence
    amount: Decimal | None = None
    unit_amount: Decimal | None = None
    units: int | None = None
    unit: str | None = None
    recipient: str | None = None
    body: str | None = None
    deadline: str | None = None  # ISO 8601 duration from the decision, or a date
    deadline_date: dt.date | None = None
    warnings: list[str] = field(default_factory=list)  # what a reader should check: see docs/tables.md


@dataclass(slots=True)
class Improvement:
    """An action meant for others in future: what the Ombudsman calls a service improvement."""

    kind: str
    status: str
    evidence: Evidence
    body: str | None = None
    deadline: str | None = None
    deadline_date: dt.date | None = None
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Decision:
    """One decision on its way through the stages. All offsets count characters of `text`."""

    text: str
    sections: list[Section] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    layout: str = ""

    decision_id: str = ""
    case_reference: str | None = None
    council: str | None = None
    other_bodies: list[tuple[str, str | None]] = field(default_factory=list)
    council_code: str | None = None
    council_type: str | None = None
    region: str | None = None
    category: str | None = None
    subcategory: str | None = None
    outcome: str = "other"
    outcome_label: str | None = None
    outcome_source: str = "text"
    decision_date: dt.date | None = None
    summary: str | None = None
    fault_found: bool | None = None
    injustice_found: bool | None = None
    fault_findings: list[FaultFinding] = field(default_factory=list)
    remedies: list[Remedy] = field(default_factory=list)
    procedural_improvements: list[Improvement] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)

    # how it ends, by its own words
    not_investigated: bool = False
    discontinued: bool = False
    by_agreement: bool = False  # upheld because it was agreed to put things right: nothing is decided on fault

    @property
    def remedy_total(self) -> Decimal:
        """Pounds: the sum of the amounts that are known."""
        return sum((r.amount for r in self.remedies if r.amount is not None), Decimal("0.00"))

    @property
    def remedy_total_complete(self) -> bool:
        """False where some payment has no figure in the text, so that the total is a part."""
        return all(r.amount is not None for r in self.remedies if r.kind.startswith("financial"))

    def children(self) -> dict[int, list[int]]:
        """The places in `blocks` of the items that hang on each lead-in, by its place."""
        found: dict[int, list[int]] = {}
        for i, block in enumerate(self.blocks):
            if block.parent is not None:
                found.setdefault(block.parent, []).append(i)
        return found

    def part_of(self, block: Block) -> str:
        """The part of the decision a block stands in."""
        return self.sections[block.section].part

    def evidence(self, start: int, end: int, block: Block, rule: str) -> Evidence:
        """The place as evidence, without white space at its ends."""
        raw = self.text[start:end]
        start += len(raw) - len(raw.lstrip())
        end = start + len(raw.strip())
        heading = self.sections[block.section].heading
        return Evidence(self.text[start:end], start, end, block.number, heading or None, rule)
