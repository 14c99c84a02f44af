"""Labels: what a careful reader takes from one decision, in the form of LABELLING.md.

A label is NAME.gold.json beside NAME.txt. `draft` makes a first one from the program's own output for a person to
correct, `faults` says which of LABELLING.md's rules of form a label breaks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from pipeline import reading, tables
from pipeline.corpus import why
from pipeline.records import Evidence, FaultFinding, Improvement, Remedy
from pipeline.stages import read_decision
from pipeline.structure import NotADecision

NOTE = (
    "A draft made by the program, which nobody has checked: it shows what the program reads, not what is right. "
    "Read the decision, correct every entry by LABELLING.md, then take out `draft` and `note`."
)

_REFERENCE = re.compile(r"\d{2} \d{3} \d{3}[a-z]?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DEADLINE = re.compile(rf"P\d+[DWMY]|{_DAY.pattern}")
_HEADER = ("case_reference", "council", "category", "subcategory", "outcome", "decision_date")


class LabelError(Exception):
    """A draft that could not be written; the message is one sentence: what is wrong, which file, what to do."""


def write(file: Path, out: Path | None = None) -> Path:
    """Writes the draft of a label for a decision's file and gives its path.

    out: the label, null for NAME.gold.json beside the file. What is not a text file is saved as one beside the label,
    under the label's name, because quotes are parts of a text file. Raises LabelError; then nothing is written.
    """
    suffix = file.suffix.lower()
    if suffix not in reading.SUFFIXES:
        raise LabelError(f"{file} is not a kind of file that is read; give one of {', '.join(reading.SUFFIXES)}.")
    out = out or file.with_name(f"{file.stem}.gold.json")
    name = file.stem if suffix == ".txt" else out.name.removesuffix(".json").removesuffix(".gold")
    beside = None if suffix == ".txt" else out.with_name(f"{name}.txt")
    for there in (out, beside):
        if there is not None and there.exists():
            raise LabelError(f"{there} is there already, and may be corrected by hand; move it away or give --out.")
    try:
        text = file.read_text(encoding="utf-8") if beside is None else reading.read(file.read_bytes(), suffix)
        written = json.dumps(draft(text, name), ensure_ascii=False, indent=1) + "\n"
    except OSError as error:
        raise LabelError(f"{file} cannot be read: {why(error)}; give a decision's file.") from None
    except UnicodeDecodeError:
        raise LabelError(f"{file} is not in UTF-8, which a label needs; save it as UTF-8 first.") from None
    except (reading.Unreadable, NotADecision) as error:
        raise LabelError(f"{file} gives no label: {str(error).rstrip('.')}; give a decision's file.") from None
    try:
        if beside is not None:
            beside.write_text(text, encoding="utf-8")
        out.write_text(written, encoding="utf-8")
    except OSError as error:
        raise LabelError(f"{out} cannot be written: {why(error)}; choose another file.") from None
    return out


def draft(text: str, name: str) -> dict:
    """The label that the program's own output amounts to, marked as a draft.

    text: the content of NAME.txt, line breaks as saved or as "\\n"; every quote is an exact part of it. name: NAME.
    Values are null where the program reads none; sums are in pounds. Raises structure.NotADecision and
    reading.Unreadable, each with the reason, where the text is no decision.
    """
    read = reading.read(text.encode(), ".txt")
    decision = read_decision(read)
    quotes = _Quotes(text, read.index(decision.text))
    label: dict = {
        "id": name,
        "draft": True,
        "note": NOTE,
        "provenance": "published",
        "scope": "full",
        "header": {
            "case_reference": decision.case_reference,
            "council": decision.council,
            "category": decision.category,
            "subcategory": decision.subcategory,
            "outcome": decision.outcome_label,
            "decision_date": decision.decision_date.isoformat() if decision.decision_date else None,
        },
        "other_bodies": [{"name": body, "case_reference": reference} for body, reference in decision.other_bodies],
        "outcome": decision.outcome,
        "fault_found": decision.fault_found,
        "injustice_found": decision.injustice_found,
        "fault_findings": [
            {**quotes.of(f.evidence), "fault": f.fault, "part": f.part}
            for f in sorted(decision.fault_findings, key=_place)
        ],
        "remedies": [
            {
                "kind": r.kind,
                **quotes.of(r.evidence),
                **{k: _pounds(getattr(r, k)) for k in ("amount", "unit_amount")},
                **{k: getattr(r, k) for k in ("units", "unit", "recipient", "status", "deadline", "body")},
            }
            for r in sorted(decision.remedies, key=_place)
        ],
        "procedural_improvements": [
            {"kind": i.kind, **quotes.of(i.evidence), "status": i.status, "deadline": i.deadline}
            for i in sorted(decision.procedural_improvements, key=_place)
        ],
    }
    label["remedy_total"], label["remedy_total_complete"] = _total(label)
    return label


def _place(item: FaultFinding | Remedy | Improvement) -> tuple[int, int]:
    return item.evidence.start, item.evidence.end


def _pounds(amount: Decimal | None) -> float | None:
    return None if amount is None else float(round(amount, 2))


class _Quotes:
    """From places in a decision's text to quotes in the file's. Reading drops byte order marks and the first half of a
    line end of two characters, and cuts the website's lines off at either end; all else stands for itself."""

    def __init__(self, text: str, offset: int):
        self.text = text
        kept = [i for i, c in enumerate(text) if c != "\ufeff" and not (c == "\r" and text[i + 1 : i + 2] == "\n")]
        self.at = kept[offset:]

    def of(self, evidence: Evidence) -> dict:
        """`quote` and, where the same words stand more than once, `occurrence`, from 1."""
        start, end = self.at[evidence.start], self.at[evidence.end - 1] + 1
        quote = self.text[start:end]
        if self.text.count(quote) == 1:
            return {"quote": quote}
        return {"quote": quote, "occurrence": 1 + self.text.count(quote, 0, end - 1)}


def _total(label: dict) -> tuple[float, bool]:
    """The sum of the amounts that are known, in pounds, and whether all are."""
    amounts = [r["amount"] for r in label["remedies"] if r["kind"].startswith("financial")]
    return round(sum((a for a in amounts if a is not None), 0.0), 2), None not in amounts


def faults(label: dict, text: str) -> list[str]:
    """What breaks LABELLING.md's rules of form, a sentence each; an empty list for a label that keeps to them.

    text: the content of NAME.txt. Raises KeyError or TypeError where the label has not the form at all.
    """
    return list(_faults(label, text))


def _values(table: str, column: str) -> list[str]:
    return tables.TABLES[table].field(column).metadata[b"values"].decode().split(",")


def _faults(label: dict, text: str) -> Iterator[str]:
    header = label["header"]
    if set(header) != set(_HEADER):
        yield f"The header must have {', '.join(_HEADER)}, and has {', '.join(header) or 'nothing'}."
    for name, form in (("case_reference", _REFERENCE), ("decision_date", _DAY)):
        if header[name] and not form.fullmatch(header[name]):
            yield f"The header's {name} {header[name]!r} has not the form."
    if label.get("scope", "full") == "header":
        return
    if label["outcome"] not in _values("decisions", "outcome"):
        yield f"The outcome {label['outcome']!r} is none of its values."
    for name in ("fault_found", "injustice_found"):
        if label[name] not in (True, False, None):
            yield f"{name} {label[name]!r} is not true, false or null."
    for table in ("fault_findings", "remedies", "procedural_improvements"):
        for n, item in enumerate(label[table], 1):
            yield from (f"{table}, number {n}: {fault}" for fault in _item_faults(table, item, text))
    stated = (label["remedy_total"], label["remedy_total_complete"]) if "remedy_total_complete" in label else None
    if stated and stated != _total(label):
        yield "remedy_total is {} (complete: {}), and the amounts give {} (complete: {}).".format(
            *stated, *_total(label)
        )


def _item_faults(table: str, item: dict, text: str) -> Iterator[str]:
    count = text.count(item["quote"])
    if not count:
        yield f"the quote {item['quote'][:70]!r} is not in the text."
    elif count > 1 and "occurrence" not in item:
        yield f"the quote {item['quote'][:70]!r} stands {count} times in the text, and occurrence does not say which."
    for name in ("part",) if table == "fault_findings" else ("kind", "status"):
        if item[name] not in _values(table, name):
            yield f"the {name} {item[name]!r} is none of its values."
    if table == "fault_findings" and item["fault"] not in (True, False):
        yield f"fault {item['fault']!r} is not true or false."
    if item.get("deadline") and not _DEADLINE.fullmatch(item["deadline"]):
        yield f"the deadline {item['deadline']!r} is no ISO duration or date."
    if table == "remedies" and not item["kind"].startswith("financial") and item.get("amount") is not None:
        yield "an amount stands on a remedy that is not money."
