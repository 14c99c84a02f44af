"""How often each pattern fires and decides, over a corpus.

A pattern *fires* where its words match in what the stages read (the same words of one sentence, read twice, count
once); it *decides* where it is the `rule` of a row. Patterns of sections, heading, outcome and deadlines, and those of
findings and actions that only say how to take another, are seldom or never a rule: for them firing is all.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from pipeline import corpus as files_of
from pipeline import language, patterns, reading, register, stages, structure, tables
from pipeline.corpus import MAX_BYTES
from pipeline.records import Decision, FaultFinding, Improvement, Remedy
from pipeline.stages import s3_findings

Saw = Callable[[str, str, int, int], None]
"""Is told of a match: the pattern's id, the text it was tried on, where in it the match starts and ends."""


class CoverageError(Exception):
    """No coverage can be had; the message is one sentence: what is wrong, which folder, what to do."""


@dataclass(slots=True)
class Use:
    """What became of one pattern. Counts of matches and of rows, and in how many decisions; `only` is the file of the
    decision where the pattern fires in one alone, else null. `may_decide`: it is there to be the rule of a row."""

    id: str
    subject: str
    may_decide: bool = False
    fires: int = 0
    fires_in: int = 0
    decides: int = 0
    decides_in: int = 0
    only: str | None = None


@dataclass(slots=True)
class Coverage:
    """`decisions`: how many were read, each once whatever the number of its files; `unread`: files without one;
    `uses`: by pattern id, in file order; `other_rules`: rows by rules that are no pattern of a file."""

    decisions: int = 0
    unread: int = 0
    uses: dict[str, Use] = field(default_factory=dict)
    other_rules: Counter[str] = field(default_factory=Counter)

    def silent(self) -> list[Use]:
        """The patterns that never fire."""
        return [use for use in self.uses.values() if not use.fires]

    def single(self) -> list[Use]:
        """The patterns that fire in one decision alone: generalise or delete them."""
        return [use for use in self.uses.values() if use.fires_in == 1]

    def idle(self) -> list[Use]:
        """The patterns that are there to decide and fire, and never do decide."""
        return [use for use in self.uses.values() if use.may_decide and use.fires and not use.decides]

    def to_text(self) -> str:
        """A line for each pattern, then the lists of those that a reader should look at."""
        width = max((len(use.id) for use in self.uses.values()), default=0)
        lines = [f"{'':{width}}  subject      fires  decisions  decides  decisions"]
        for u in self.uses.values():
            decides = f"{u.decides:7}  {u.decides_in:9}" if u.may_decide or u.decides else f"{'–':>7}  {'–':>9}"
            lines.append(f"{u.id:{width}}  {u.subject:10}{u.fires:8}  {u.fires_in:9}  {decides}")
        lines.append(f"\n{self.decisions} decisions, {self.unread} files without one, {len(self.uses)} patterns")
        lines.append(_listed("never fire", [u.id for u in self.silent()]))
        lines.append(_listed("fire in one decision alone", [f"{u.id} ({u.only})" for u in self.single()]))
        lines.append(_listed("fire and never decide, though they are there to", [u.id for u in self.idle()]))
        rules = [f"{rule} ({count})" for rule, count in self.other_rules.most_common()]
        lines.append(_listed("rules that are no pattern decide rows", rules))
        return "\n".join(lines)


def _listed(what: str, which: list[str]) -> str:
    return "\n  ".join([f"{len(which)} {what}{':' if which else '.'}", *which])


def coverage(corpus: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> Coverage:
    """Reads every decision under corpus, in this process, and counts. progress: called with files done and in all.

    Raises CoverageError where the folder cannot be read or holds no decision, and patterns.PatternError.
    """
    found = Coverage(uses={use.id: use for use in _unused()})
    try:
        files = [f for f in files_of.find(corpus, leave_out=corpus) if f.status != "ignored"]
    except OSError as error:
        reason = "there is no such folder" if isinstance(error, FileNotFoundError) else files_of.why(error)
        raise CoverageError(
            f"The corpus folder {corpus} cannot be read: {reason}; give a folder of decisions."
        ) from None
    seen: set[tuple[str, str]] = set()
    fired: set[tuple[str, str, int, int]] = set()
    with watching(lambda *match: fired.add(match)):
        for n, file in enumerate(files, 1):
            fired.clear()
            # what they remember from the decision before would not fire in this one
            structure.part_of_heading.cache_clear()
            s3_findings.said.cache_clear()
            language.forget()
            try:
                decision = stages.read_decision(reading.read(files_of.read(file, MAX_BYTES), file.suffix))
                record = tables.record("", decision)
            except Exception:  # as in a run: whatever is wrong with one file, the others are counted
                found.unread += 1
            else:
                # another layout of one decision is not a second decision, by the rule of the run
                key = record["decision_id"], record["words_sha256"]
                if key not in seen:
                    seen.add(key)
                    _count(found, file.path, Counter(name for name, *_ in fired), _rules(decision))
            progress(n, len(files))
    found.decisions = len(seen)
    if not seen:
        raise CoverageError(f"There is no decision under {corpus}; give a folder of decisions.")
    return found


def _unused() -> Iterator[Use]:
    for pattern in patterns.every():
        yield Use(pattern.id, pattern.subject, pattern["says"] in ("statement", "action"))
    for name, *_ in register.bodies():
        yield Use(name, "bodies", True)


def _rules(decision: Decision) -> Counter[str]:
    """How many rows of the decision each rule has decided."""
    items: list[FaultFinding | Remedy | Improvement]
    items = [*decision.fault_findings, *decision.remedies, *decision.procedural_improvements]
    rules = Counter(item.evidence.rule for item in items)
    if decision.council is not None:
        rules[register.lookup(decision.council, decision.decision_date).rule] += 1
    return rules


def _count(found: Coverage, path: str, fired: Counter[str], rules: Counter[str]) -> None:
    for name, count in rules.items():
        if use := found.uses.get(name):
            use.decides += count
            use.decides_in += 1
            if use.subject == "bodies":  # is tried on the body's name alone: to match is to decide
                fired[name] = count
        else:
            found.other_rules[name] += count
    for name, count in fired.items():
        use = found.uses[name]
        use.fires += count
        use.fires_in += 1
        use.only = path if use.fires_in == 1 else None


# --- what fires ----------------------------------------------------------------------------------------------------


@contextmanager
def watching(saw: Saw) -> Iterator[None]:
    """Within the block `saw` is told of every match of every pattern; outside it matching is as it was, at no cost.

    It stands in for the two ways in which the stages match: the spaCy component and `language.expressions`. It holds
    for the whole process, and sees nothing in others.
    """
    match, expressions = language.SubjectMatcher.__call__, language.expressions

    def match_and_tell(self, doc):
        doc = match(self, doc)
        for span in language.every_span(doc, self.subject):
            saw(span.label_, doc.text, span.start_char, span.end_char)
        return doc

    @functools.cache
    def expressions_that_tell(subject: str):
        return tuple((p, _Telling(expression, p.id, saw)) for p, expression in expressions(subject))

    language.expression.cache_clear()
    try:
        with (
            mock.patch.object(language.SubjectMatcher, "__call__", match_and_tell),
            mock.patch.object(language, "expressions", expressions_that_tell),
        ):
            yield
    finally:
        language.expression.cache_clear()


class _Telling:
    """A compiled regular expression that tells what it finds; all else is the expression's own."""

    def __init__(self, expression, name: str, saw: Saw):
        self._expression, self._name, self._saw = expression, name, saw

    def __getattr__(self, name: str):
        return getattr(self._expression, name)

    def _told(self, found):
        if found is not None:
            self._saw(self._name, found.string, found.start(), found.end())
        return found

    def search(self, *args, **keywords):
        return self._told(self._expression.search(*args, **keywords))

    def match(self, *args, **keywords):
        return self._told(self._expression.match(*args, **keywords))

    def fullmatch(self, *args, **keywords):
        return self._told(self._expression.fullmatch(*args, **keywords))

    def finditer(self, *args, **keywords):
        return map(self._told, self._expression.finditer(*args, **keywords))
