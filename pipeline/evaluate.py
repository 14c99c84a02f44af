"""How right the extraction is: the tables of labelled decisions against their labels.

What is right is what LABELLING.md says. Rows and labels go together by the file's name without its suffix, the items of
one decision by their words: each pair of a labelled item and an extracted one has a likeness, and the likest pair is
taken first, then the likest of those that are left, one to one, down to a least likeness. Words are compared as two
bags (their F1), so that a quote a few words longer or shorter is the same item.

- findings: likeness of the quotes, a little more for the same part; right where both say fault or both say none;
- payments: the same sum (or, where there is no sum, the same rate), then the likest quote;
- other remedies: likeness of the quotes and the same kind; right where the kind is the same;
- improvements: likeness of the quotes.

Fields of items (kind, status, deadline…) are compared in the pairs alone.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import label as labels
from pipeline.structure import sentences

LABEL = ".gold.json"
HEADING = ("case_reference", "council", "category", "subcategory", "outcome", "decision_date")
LISTS = ("fault_findings", "remedies", "procedural_improvements")

_DRAWS, _SEED = 2_000, 1
_WORD = re.compile(r"[\w£]+(?:[.,]\d+)*")


class EvaluationError(Exception):
    """An evaluation that could not finish; the message is one sentence: what is wrong, which file, what to do."""


@dataclass(slots=True)
class Figure:
    """How right one field is over all decisions.

    `right`, `found`, `gold`: counts of values (of items, for the lists): right ones, extracted ones, labelled ones;
    `found` is null for a field that has one value a decision or a pair. `interval`: from and to, 0 to 1: in 95 of 100
    sets of decisions drawn anew from these, F1 or accuracy lies there; null where there is nothing to draw. Where every
    value is right it is 1 to 1, and says no more than that these decisions show no miss.
    """

    name: str
    right: int
    found: int | None
    gold: int
    interval: tuple[float, float] | None = None

    @property
    def score(self) -> float:
        """Accuracy, 0 to 1, for the lists F1; 1 where there is nothing to be right about."""
        return _ratio(2 * self.right, (self.gold if self.found is None else self.found) + self.gold, 1.0)

    @property
    def precision(self) -> float:
        """The share of extracted items that are right; where none are, 1 if none are labelled either, else 0."""
        return _ratio(self.right, self.found or 0, float(self.gold == 0))

    @property
    def recall(self) -> float:
        """The share of labelled items that were extracted rightly; 1 where none are labelled."""
        return _ratio(self.right, self.gold, 1.0)

    def row(self) -> dict[str, float | int]:
        """The figure rounded to four places: accuracy, or precision, recall and f1; then gold."""
        if self.found is None:
            return {"accuracy": round(self.score, 4), "gold": self.gold}
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.score}
        return {name: round(share, 4) for name, share in shares.items()} | {"gold": self.gold}


def _ratio(part: int, whole: int, otherwise: float) -> float:
    return part / whole if whole else otherwise


@dataclass(slots=True)
class Place:
    """Words in the decision: the paragraph they stand in, and the marks in it as (start, end, "expected" or "came"),
    characters from the paragraph's start. `section` is its heading as printed, null where that is not known."""

    section: str | None
    paragraph: str
    marks: list[tuple[int, int, str]]

    def pieces(self) -> Iterator[tuple[str, str]]:
        """The paragraph cut at its marks: (words, what they are marked as: "", "expected", "came" or both)."""
        cuts = sorted({0, len(self.paragraph), *(at for mark in self.marks for at in mark[:2])})
        for start, end in itertools.pairwise(cuts):
            marked = {name for a, b, name in self.marks if a <= start and end <= b}
            yield self.paragraph[start:end], " ".join(sorted(marked, reverse=True))


@dataclass(slots=True)
class Miss:
    """A value that is wrong, missing or too much.

    `kind` is what misses are grouped by ("finding missed", "payments.deadline"…), `field` the figure it counts in.
    `sentence`: null where the miss is in no one sentence. `expected`, `got`: as text, null where there is no value.
    `rule`: the id of the pattern that decided, several with commas; null where nothing did, or the tables keep none
    (heading fields, outcome, injustice).
    """

    decision: str
    field: str
    kind: str
    expected: str | None
    got: str | None
    rule: str | None = None
    sentence: str | None = None
    places: list[Place] = dataclasses.field(default_factory=list)

    def row(self) -> dict[str, str | None]:
        """All but the places."""
        names = ("decision", "field", "kind", "sentence", "expected", "got", "rule")
        return {name: getattr(self, name) for name in names}


@dataclass(slots=True)
class Evaluation:
    """What came of it. `decisions`: how many are labelled. `drafts`: names of labels that nobody has corrected yet.
    `faults`: a sentence for each rule of LABELLING.md that a label breaks; such labels are counted all the same."""

    gold: Path
    decisions: int
    figures: dict[str, Figure]
    misses: list[Miss]
    drafts: list[str]
    faults: list[str]

    def by_kind(self) -> dict[str, list[Miss]]:
        """The misses grouped, the largest group first."""
        groups: dict[str, list[Miss]] = defaultdict(list)
        for miss in self.misses:
            groups[miss.kind].append(miss)
        return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))

    def warnings(self) -> list[str]:
        """What a reader of the figures should know about the labels, a sentence each."""
        drafts = [f"{name} is a draft by the program, so it shows nothing yet: correct it." for name in self.drafts]
        return drafts + self.faults

    def to_json(self, misses: bool = True) -> str:
        """Counts, figures, intervals and, if asked for, misses, as JSON."""
        figures = {
            f.name: f.row() | {"right": f.right, "found": f.found, "interval": f.interval}
            for f in self.figures.values()
        }
        data = {"decisions": self.decisions, "figures": figures, "warnings": self.warnings()}
        if misses:
            data["misses"] = [miss.row() for miss in self.misses]
        return json.dumps(data, ensure_ascii=False, indent=1)

    def to_text(self, misses: bool = True) -> str:
        """The figures as a table and, if asked for, every miss, for a terminal."""
        lines = [f"{'':32}{'gold':>6}{'found':>7}{'right':>7}  precision  recall  F1/accuracy  95 per cent"]
        for f in self.figures.values():
            found, pair = (
                (f"{f.gold}", " " * 17) if f.found is None else (f"{f.found}", f"{f.precision:9.4f}{f.recall:8.4f}")
            )
            interval = "" if f.interval is None else f"{f.interval[0]:.4f}–{f.interval[1]:.4f}"
            lines.append(f"{f.name:32}{f.gold:6}{found:>7}{f.right:7}  {pair}  {f.score:11.4f}  {interval}")
        lines.append(f"{self.decisions} decisions, {len(self.misses)} misses")
        for kind, group in self.by_kind().items() if misses else ():
            lines.append(f"\n== {kind}: {len(group)}")
            for miss in group:
                came = f"{miss.got or 'nothing'}; by {miss.rule or 'no rule'}"
                lines.append(f"{miss.decision}: expected {miss.expected or 'nothing'}; came {came}")
                if miss.sentence:
                    lines.append(f"    {' '.join(miss.sentence.split())}")
        return "\n".join(lines)

    def to_html(self) -> str:
        """A page of its own, nothing loaded from elsewhere: the figures, then every miss in its paragraph."""
        import jinja2

        source = resources.files("pipeline").joinpath("evaluation.html.jinja").read_text("utf-8")
        environment = jinja2.Environment(
            autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
        )
        return environment.from_string(source).render(evaluation=self)


def evaluate(gold: Path, tables: Path | None = None, *, worker_count: int | None = 1) -> Evaluation:
    """Compares the decisions under gold that have a label, NAME.gold.json, with what is extracted from them.

    gold: a folder; the decisions beside the labels are extracted now. tables: the folder of a finished run over them,
    which is read instead. worker_count: processes, null for one a core (see `pipeline.run.run`).
    Raises EvaluationError.
    """
    gold = Path(gold)
    paths = sorted(gold.rglob(f"*{LABEL}"))
    if not paths:
        raise EvaluationError(f"There is no label (NAME{LABEL}) under {gold}; give a folder of labelled decisions.")
    extracted = _extract(gold, worker_count) if tables is None else _read(Path(tables))
    judged, drafts, faults = [], [], []
    for path in paths:
        name = path.name.removesuffix(LABEL)
        label, own_faults = _label(path)
        faults += [f"{path}: {fault}" for fault in own_faults]
        try:
            if label.get("draft"):
                drafts.append(name)
            judged.append(_Judged(name, label, extracted))
        except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
            raise EvaluationError(
                f"{path} has not the form of a label ({type(error).__name__}: {error}); mend it by LABELLING.md."
            ) from error
    misses = [miss for one in judged for miss in one.misses]
    return Evaluation(gold, len(judged), _figures([one.counts for one in judged]), misses, drafts, faults)


def _label(path: Path) -> tuple[dict, list[str]]:
    """The label and the rules of LABELLING.md that it breaks; the latter are looked for where its text is there."""
    try:
        label = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(path.name.removesuffix(LABEL) + ".txt")
        return label, labels.faults(label, text.read_text(encoding="utf-8")) if text.exists() else []
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(f"{path} cannot be used as a label ({type(error).__name__}: {error}); mend it.") from None


# --- what was extracted --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Extracted:
    decisions: dict[str, dict]  # by the file's name without suffix
    items: dict[str, dict[str, list[dict]]]  # table, decision_id
    texts: dict[str, dict]  # by decision_id; empty where there is no such table
    reasons: dict[str, str]  # by the file's name without suffix: why there is no decision


def _extract(gold: Path, worker_count: int | None) -> _Extracted:
    from pipeline.run import RunError, run

    with tempfile.TemporaryDirectory(prefix="ombudsman-evaluate-") as folder:
        try:
            run(gold, Path(folder) / "tables", worker_count=worker_count)
        except RunError as error:
            raise EvaluationError(str(error)) from None
        return _read(Path(folder) / "tables")


def _read(folder: Path) -> _Extracted:
    rows = {name: _table(folder, name) for name in ("decisions", *LISTS)}
    also = {name: _table(folder, name, needed=False) for name in ("texts", "files")}
    items: dict[str, dict[str, list[dict]]] = {}
    for name in LISTS:
        items[name] = defaultdict(list)
        for row in rows[name]:
            items[name][row["decision_id"]].append(row)
    return _Extracted(
        {Path(row["source_path"]).stem: row for row in rows["decisions"]},
        items,
        {row["decision_id"]: row for row in also["texts"]},
        {Path(row["path"]).stem: row["reason"] for row in also["files"] if row["status"] in ("rejected", "duplicate")},
    )


def _table(folder: Path, name: str, needed: bool = True) -> list[dict]:
    """The rows of a table: one file, or a folder of part files."""
    path = next((p for p in (folder / f"{name}.parquet", folder / name) if p.exists()), None)
    if path is None:
        if needed:
            raise EvaluationError(f"There is no table {name} in {folder}; give the folder of a finished run.")
        return []
    try:
        return pq.read_table(path).to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise EvaluationError(
            f"{path} cannot be read ({str(error).splitlines()[0]}); run the extraction again."
        ) from None


# --- likeness ------------------------------------------------------------------------------------------------------


def likeness(one: str, other: str) -> float:
    """How far two quotes have the same words, 0 to 1: the F1 of their bags of words, case aside."""
    ours, theirs = (Counter(_WORD.findall(quote.casefold())) for quote in (one, other))
    common = (ours & theirs).total()
    return 2 * common / (ours.total() + theirs.total()) if common else 0.0


def pairs_of(gold: list, found: list, like: Callable[[dict, dict], float], least: float) -> list[tuple[int, int]]:
    """Places of a labelled and an extracted item, one to one, likest first, none below least; of equals the first."""
    likest = sorted((-like(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    pairs: list[tuple[int, int]] = []
    free_gold, free_found = set(range(len(gold))), set(range(len(found)))
    for unlike, i, j in likest:
        if -unlike >= least and i in free_gold and j in free_found:
            pairs.append((i, j))
            free_gold.remove(i)
            free_found.remove(j)
    return pairs


def _same(one, other) -> bool:
    return one == other


def _same_words(one, other) -> bool:
    """The same but for case, white space and "the" before it; null is the same as null alone."""
    if one is None or other is None:
        return one is other
    one, other = (" ".join(str(value).casefold().split()).removeprefix("the ") for value in (one, other))
    return one == other


def _same_sum(one, other) -> bool:
    """The same to the penny; null is the same as null alone."""
    if one is None or other is None:
        return one is other
    one, other = (Decimal(str(value)).quantize(Decimal("0.01")) for value in (one, other))
    return one == other


def _is_payment(item: dict) -> bool:
    return (item["kind"] or "").startswith("financial")


def _like_findings(gold: dict, found: dict) -> float:
    return likeness(gold["quote"], found["quote"]) + 0.01 * (gold["part"] == found["part"])


def _like_payments(gold: dict, found: dict) -> float:
    same = _same_sum(gold["amount"], found["amount"])
    if gold["amount"] is None:
        same = same and _same_sum(gold.get("unit_amount"), found.get("unit_amount"))
    return 1 + likeness(gold["quote"], found["quote"]) if same else 0.0


def _like_remedies(gold: dict, found: dict) -> float:
    return likeness(gold["quote"], found["quote"]) + (gold["kind"] == found["kind"])


def _like_improvements(gold: dict, found: dict) -> float:
    return likeness(gold["quote"], found["quote"])


# --- one decision --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    """How the items of one list are compared. `decides`: the field a pair must have in common to be right, null where
    every pair is; `fields`: what is compared in right pairs, and `same` how."""

    field: str
    noun: str  # in the name of a miss
    table: str
    of: Callable[[dict], bool]
    like: Callable[[dict, dict], float]
    least: float
    fields: tuple[str, ...] = ()
    decides: str | None = None
    same: Callable[[object, object], bool] = _same
    least_words: float = 0.0  # of the quotes alone


_GROUPS = (
    _Group("fault_findings", "finding", "fault_findings", lambda _: True, _like_findings, 0.6, decides="fault"),
    _Group(
        *("payments", "payment", "remedies", _is_payment, _like_payments, 1.0),
        fields=("kind", "status", "deadline", "recipient"),
        same=_same_words,
    ),
    _Group(
        *("other_remedies", "remedy", "remedies", lambda item: not _is_payment(item), _like_remedies, 0.5),
        fields=("status", "deadline"),
        decides="kind",
        least_words=0.3,
    ),
    _Group(
        *("procedural_improvements", "improvement", "procedural_improvements", lambda _: True, _like_improvements, 0.5),
        fields=("kind", "status", "deadline"),
    ),
)
_RATE = ("unit_amount", "units", "unit")

FIELDS = (
    "extracted",
    *(f"heading.{name}" for name in HEADING),
    *("outcome", "fault_found", "injustice_found", "remedy_total"),
    *(name for g in _GROUPS for name in (g.field, *(f"{g.field}.{f}" for f in g.fields), f"{g.field}.rate")),
)
"""The names of all figures, in the order in which they are shown."""


class _Judged:
    """One decision: `counts` by figure as [right, found or null, gold], and `misses`."""

    def __init__(self, name: str, label: dict, extracted: _Extracted):
        self.name, self.label = name, label
        self.counts: dict[str, list] = {}
        self.misses: list[Miss] = []
        row = extracted.decisions.get(name)
        self.row: dict = row or {}
        key = self.row.get("decision_id")
        self.items = {table: extracted.items[table].get(key, []) for table in LISTS} if key else {t: [] for t in LISTS}
        self.page = extracted.texts.get(key, {}) if key else {}
        self.text: str = self.page.get("text", "")
        self._value("extracted", row is not None, "a decision", extracted.reasons.get(name), [])
        self._heading()
        if label.get("scope", "full") != "header":
            self._decision()
            for group in _GROUPS:
                self._list(group)

    def _value(self, name: str, right, expected, got, rows: list[dict], gold: dict | None = None) -> None:
        """Counts one value; rows are the extracted items that it rests on, gold the labelled one."""
        counts = self.counts.setdefault(name, [0, None, 0])
        counts[0] += bool(right)
        counts[2] += 1
        if not right:
            self._miss(name, name, _print(expected), _print(got), rows, gold)

    def _heading(self) -> None:
        for name in HEADING:
            got = self.row.get("outcome_label" if name == "outcome" else name)
            got = got.isoformat() if isinstance(got, dt.date) else got
            expected = self.label["header"][name]
            self._value(f"heading.{name}", self.row and got == expected, expected, got, [])

    def _decision(self) -> None:
        label, row = self.label, self.row
        for name in ("outcome", "fault_found", "injustice_found"):
            rests_on = []
            if name == "fault_found":
                findings = self.items["fault_findings"]
                rests_on = [f for f in findings if f["fault"] == row.get(name)] or findings
            self._value(name, row and row.get(name) == label[name], label[name], row.get(name), rests_on)
        expected = label["remedy_total"], label["remedy_total_complete"]
        got = row.get("remedy_total"), row.get("remedy_total_complete")
        right = row and _same_sum(expected[0], got[0]) and expected[1] == got[1]
        shown = [
            None if total is None else f"{total}{'' if complete else ' and more'}"
            for total, complete in (expected, got)
        ]
        self._value("remedy_total", right, shown[0], shown[1], [r for r in self.items["remedies"] if _is_payment(r)])

    def _list(self, group: _Group) -> None:
        gold = [item for item in self.label[group.table] if group.of(item)]
        found = [item for item in self.items[group.table] if group.of(item)]
        pairs = [
            (i, j)
            for i, j in pairs_of(gold, found, group.like, group.least)
            if likeness(gold[i]["quote"], found[j]["quote"]) >= group.least_words
        ]
        right = 0
        for i, j in pairs:
            want, got = gold[i], found[j]
            if group.decides and want[group.decides] != got[group.decides]:
                expected, came = (_print(item[group.decides]) for item in (want, got))
                self._miss(group.field, f"{group.noun} {_DECIDES[group.decides]}", expected, came, [got], want)
                continue
            right += 1
            for name in group.fields:
                expected, came = want.get(name), got.get(name)
                self._value(f"{group.field}.{name}", group.same(expected, came), expected, came, [got], want)
            if group.field == "payments":
                self._rate(want, got)
        for i in sorted(set(range(len(gold))) - {i for i, _ in pairs}):
            there = self._extracted_at(gold[i])
            came = "nothing like it, but " + "; ".join(map(_describe, there)) if there else None
            self._miss(group.field, f"{group.noun} missed", _describe(gold[i]), came, there, gold[i])
        for j in sorted(set(range(len(found))) - {j for _, j in pairs}):
            labelled = self._labelled_at(found[j])
            expected = "nothing like it, but " + "; ".join(map(_describe, labelled)) if labelled else None
            self._miss(group.field, f"{group.noun} not one", expected, _describe(found[j]), [found[j]])
        self.counts[group.field] = [right, len(found), len(gold)]

    def _rate(self, gold: dict, found: dict) -> None:
        if gold.get("unit_amount") is None and found.get("unit_amount") is None:
            return
        expected, got = ([item.get(name) for name in _RATE] for item in (gold, found))
        right = _same_sum(expected[0], got[0]) and expected[1] == got[1] and _same_words(expected[2], got[2])
        wanted, came = (" × ".join("–" if value is None else str(value) for value in of) for of in (expected, got))
        self._value("payments.rate", right, wanted, came, [found], gold)

    # Where it stands.

    def _miss(self, name: str, kind: str, expected, got, rows: list[dict], gold: dict | None = None) -> None:
        marks = [(row["start"], row["end"], "came") for row in rows]
        wanted = self._find(gold) if gold else None
        if wanted:
            marks.insert(0, (*wanted, "expected"))
        places = self._places(marks) if self.text else []
        sentence = self._sentence(*marks[0][:2]) if marks and self.text else None
        if sentence is None and (gold or rows):
            sentence = (gold or rows[0])["quote"]
        if kind.startswith("heading."):
            places = self._head(expected, got)
        rules = ", ".join(dict.fromkeys(row["rule"] for row in rows if row.get("rule")))
        self.misses.append(Miss(self.name, name, kind, expected, got, rules or None, sentence, places))

    def _find(self, item: dict) -> tuple[int, int] | None:
        """Where a labelled quote stands in the text, null where it does not (or there is no text)."""
        start = -1
        for _ in range(int(item.get("occurrence") or 1)):
            following = self.text.find(item["quote"], start + 1)
            start = following if following >= 0 else start
        return (start, start + len(item["quote"])) if start >= 0 else None

    def _extracted_at(self, item: dict) -> list[dict]:
        """The extracted items, of whatever list, that share words with a labelled one."""
        place = self._find(item)
        rows = (row for table in LISTS for row in self.items[table])
        return [row for row in rows if place and row["start"] < place[1] and place[0] < row["end"]]

    def _labelled_at(self, row: dict) -> list[dict]:
        """The labelled items, of whatever list, that share words with an extracted one."""
        items = ((item, self._find(item)) for table in LISTS for item in self.label[table])
        return [item for item, place in items if place and row["start"] < place[1] and place[0] < row["end"]]

    def _lines(self, start: int, end: int) -> tuple[int, int]:
        """The whole lines that the words stand in, without the first one's marker: a line is a paragraph or an item."""
        begin, stop = self.text.rfind("\n", 0, start) + 1, self.text.find("\n", max(start, end - 1))
        begin = max(
            (p["start"] for p in self.page.get("paragraphs") or () if begin <= p["start"] <= start), default=begin
        )
        return begin, stop if stop >= 0 else len(self.text)

    def _sentence(self, start: int, end: int) -> str:
        over = [(a, b) for a, b in sentences(self.text, *self._lines(start, end)) if a < end and start < b]
        return self.text[over[0][0] : over[-1][1]].strip() if over else self.text[start:end]

    def _places(self, marks: Iterable[tuple[int, int, str]]) -> list[Place]:
        """A place for each paragraph with words to mark, at most six."""
        by_lines: dict[tuple[int, int], list[tuple[int, int, str]]] = defaultdict(list)
        for start, end, name in marks:
            begin, stop = self._lines(start, end)
            by_lines[begin, stop].append((start - begin, end - begin, name))
        found = list(by_lines.items())[:6]
        return [Place(self._section(a), self.text[a:b], inside) for (a, b), inside in found]

    def _section(self, at: int) -> str | None:
        sections = self.page.get("sections") or []
        return next((s["heading"] or None for s in reversed(sections) if s["start"] <= at), None)

    def _head(self, *values: str | None) -> list[Place]:
        sections = self.page.get("sections") or [{"end": 0}]
        head = self.text[: min(sections[0]["end"], 1_500)].rstrip()
        marks = []
        for value, name in zip(values, ("expected", "came"), strict=True):
            at = head.find(value) if value else -1
            if value and at >= 0:
                marks.append((at, at + len(value), name))
        return [Place(None, head, marks)] if head else []


_DECIDES = {"fault": "polarity", "kind": "kind"}


def _print(value) -> str | None:
    return None if value is None else str(value)


def _describe(item: dict) -> str:
    """An item in a few words: fault or no fault, or its kind, with its sum."""
    if "fault" in item:
        return f"a finding of {'fault' if item['fault'] else 'no fault'} ({item['part']})"
    if not _is_payment(item):
        return item["kind"]
    rate = "" if item.get("unit_amount") is None else f" (£{item['unit_amount']} a {item.get('unit')})"
    return f"{item['kind']} {'without a sum' if item['amount'] is None else '£' + str(item['amount'])}{rate}"


# --- all decisions -------------------------------------------------------------------------------------------------


def _figures(decisions: list[dict[str, list]]) -> dict[str, Figure]:
    """The figures, and how far each would move with other decisions of the same kind: decisions are drawn with
    replacement, as many as there are, the same draws for every field."""
    draws = np.random.default_rng(_SEED).multinomial(len(decisions), [1 / len(decisions)] * len(decisions), size=_DRAWS)
    figures = {}
    for name in FIELDS:
        rows = [counts.get(name) for counts in decisions]
        if not any(rows):
            continue
        single = next(row for row in rows if row)[1] is None
        counts = np.array([(0, 0, 0) if r is None else (r[0], r[2] if single else r[1], r[2]) for r in rows])
        right, found, gold = (int(n) for n in counts.sum(axis=0))
        drawn = draws @ counts
        whole = drawn[:, 1] + drawn[:, 2]
        scores = 2 * drawn[whole > 0, 0] / whole[whole > 0]
        interval = None
        if len(scores):
            low, high = np.percentile(scores, [2.5, 97.5])
            interval = (round(float(low), 4), round(float(high), 4))
        figures[name] = Figure(name, right, None if single else found, gold, interval)
    return figures
