"""How fast a run is, and how much memory it takes, over a corpus made up for it.

The measure is spaCy's tokenizer over the same text on the same machine in the same minutes: a ratio to it says more
than seconds, which change with the machine and with what else it does. Each measurement is a process of its own.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import json
import math
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from importlib import resources
from itertools import islice
from pathlib import Path

DECISIONS, REPEATS, SEED = 2_000, 3, 1
_STAGED = 300  # decisions that the time by stage is taken over
_FULL_LENGTH = 12_000  # characters; shorter are decisions not to investigate, and brief ones
_NEW = 10  # decisions that come to the corpus before the last run
_LOOK, _REST = 0.1, 25  # seconds between looks at the memory; at least so many times what the last look took


class BenchError(Exception):
    """A measurement that could not be made; the message is one sentence."""


# --- the corpus -------------------------------------------------------------------------------------------------

_LENGTH = 12_500, 0.45, 3_500, 60_000
"""Characters of a decision that was investigated: median, spread of the logarithm, least, most."""

_ANSWERS, _EVENTS = 0.1, 0.06
"""Shares of what happened: what the body answered, which speaks of fault and payments, and bench.toml's own lines."""

_LEVEL = 0.1
"""How evenly the sentences of bench.txt are drawn: at 1 alike, below that the first 1 / _LEVEL times as often."""

_NAMES, _SUMS, _ROUND = (3_000, 0.8), (400, 1.0), 0.5
"""Of names and sums: how many are about equally frequent, and how steeply the others get rarer. With a steepness of s
the distinct ones grow with the power 1 / (1 + s) of those drawn: new ones never end. _ROUND of the sums are round."""

_MONTHS = list(calendar.month_name)[1:]
_SLOT = re.compile(r"\{(\w+)\}")
_OF_PERSON = "name", "pronoun", "Pronoun", "his", "His", "him", "himself"


def _wording() -> dict[str, list[str]]:
    """Kinds of lines with what they may say: those of bench.toml, and under `said_…` the sentences of bench.txt."""
    here = resources.files("pipeline")
    wording = tomllib.loads((here / "bench.toml").read_text("utf-8"))
    for line in (here / "bench.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            lines = wording[f"said_{line[2:]}"] = []
        elif line:
            lines.append(line)
    return wording


class _Author:
    """Writes one decision after the other; the same seed writes the same ones."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.wording = _wording()
        for kind, lines in self.wording.items():
            if kind.startswith("said_"):
                random.Random(0).shuffle(lines)  # the first are said most often, and not those with A
        councils = (resources.files("patterns") / "councils.csv").read_text("utf-8")
        self.councils = [row["name"] for row in csv.DictReader(councils.splitlines())]
        self.number = 0
        self.slots: dict[str, Callable[[], str]] = {
            **{word: partial(self.of_person, word) for word in _OF_PERSON},
            "team": lambda: self.draw("teams"),
            "month": lambda: self.pick(_MONTHS),
            "year": self.some_year,
            "day": lambda: str(self.below(28) + 1),
            "date": lambda: f"{self.below(28) + 1} {self.pick(_MONTHS)} {self.some_year()}",
            "n": lambda: str(self.below(59) + 2),
            "sum": self.sum,
            "hundreds": self.hundreds,
            "tens": lambda: str(self.below(26) + 5),
            "total": lambda: f"{int(self.hundreds()) * (self.below(8) + 2):,}",
            "officer": lambda: f"Officer {self.pick('ABCDEFGHJKLM')}",
            "street": lambda: f"{self.below(90) + 1} {self.word()} {self.pick(('Road', 'Street', 'Close', 'Avenue'))}",
            "school": lambda: f"{self.word()} {self.pick(('Primary School', 'Academy', 'School', 'College'))}",
            "home": lambda: f"{self.word()} {self.pick(('House', 'Lodge', 'Care Home', 'Court'))}",
            "company": lambda: f"{self.word()} {self.pick(('Care Limited', 'Lettings', 'Surveyors', '& Sons'))}",
            "code": lambda: f"{self.word()[:3].upper()}/{self.rank(*_NAMES):05d}",
        }

    def decision(self) -> tuple[str, str]:
        """The name and the text of a file: a website copy, a compact copy, bare paragraphs, or the site's page."""
        chance, self.number = self.random, self.number + 1
        self.year = chance.randint(16, 25)
        name = f"{chance.choice(('Mr', 'Mrs', 'Miss', 'Ms', 'Dr'))} {chance.choice('ABCDEFGHJKLMNOPQRSTVWXYZ')}"
        he, his, him = ("he", "his", "him") if name.startswith("Mr ") else ("she", "her", "her")
        self.person = {"name": name, "pronoun": he, "his": his, "him": him, "himself": f"{him}self"}
        self.person |= {"Pronoun": he.capitalize(), "His": his.capitalize()}
        reference = f"{self.year} {self.number // 1000 % 1000:03d} {self.number % 1000:03d}"
        outcome = chance.choices(("upheld", "not_upheld", "closed"), (5, 2, 3))[0]
        topic = self.draw("topics")
        heading = {
            "body": f"{chance.choice(self.councils)} ({reference})",
            "Category": chance.choice(self.wording["categories"]),
            "Decision": {"upheld": "Upheld", "not_upheld": "Not upheld", "closed": "Closed after initial enquiries"}[
                outcome
            ],
            "Decision date": f"{chance.randint(1, 28):02d} {chance.choice(_MONTHS)[:3]} 20{self.year}",
        }
        final = self.draw(outcome)
        summary = f"{name} complained about {topic}. {final}"
        layout = chance.choices((_website, _compact, _plain, _html), (55, 20, 10, 15))[0]
        text = layout(heading, summary, self.sections(outcome, topic, final))
        return f"{reference.replace(' ', '-')}.{'html' if layout is _html else 'txt'}", text

    def sections(self, outcome: str, topic: str, final: str) -> list[tuple[str, list]]:
        """Headings and paragraphs; a paragraph with a list is a pair."""
        some, say = self.some, self.say
        complaint = f"{self.person['name']} complains about {topic}. {say('complaint', 1, 2)}"
        sections = [
            ("The complaint", [complaint, *some("injustice", 1)]),
            ("The Ombudsman’s role and powers", some("standing", 2, 5)),
            ("How I considered the complaint", [say("consideration", 1, 3), *some("consideration", 1, 2)]),
        ]
        if outcome == "closed":
            return [
                *sections,
                ("My assessment", [*(self.happened() for _ in range(self.below(3) + 1)), say("reasoning", 1, 4)]),
                ("Final decision", [final]),
            ]
        median, spread, least, most = _LENGTH
        length = min(max(self.random.lognormvariate(math.log(median), spread), least), most)
        law = [say("law", 1, 4) for _ in range(self.below(4) + 1)] + some("law", 1)
        findings: list[tuple[str, list]] = [("What I found", []), ("The law and guidance", law)]
        happened: list[str] = []
        while sum(map(len, happened)) < 0.45 * length:
            happened.append(self.happened())
        analysis: list[str] = []
        while sum(map(len, analysis)) < 0.2 * length:
            verdict = "fault" if outcome == "upheld" and self.random.random() < 0.6 else "no_fault"
            analysis.append(
                " ".join(
                    [say("reasoning", 1, 5)] + some(verdict, 1) + (some("injustice", 1) if verdict == "fault" else [])
                )
            )
        sections += [*findings, ("What happened", happened), ("Analysis", analysis)]
        if outcome == "upheld":
            actions: list = [(self.draw("leads"), some("for_person", 1, 5))]
            actions += [(self.draw("leads_others"), some("for_others", 1, 3))] * (self.random.random() < 0.7)
            actions.append("The Council should provide us with evidence it has complied with the above actions.")
            sections.append(("Agreed action", actions))
        return [*sections, ("Final decision", [final])]

    def happened(self) -> str:
        """A paragraph of what happened."""
        said = []
        for _ in range(self.below(5) + 1):
            chance = self.random.random()
            if chance < _ANSWERS:
                said.append(self.draw("answers"))
            elif chance < _ANSWERS + _EVENTS:
                said.append(self.draw("events"))
            else:
                said.append(self.say("events", 1, 1))
        return " ".join(said)

    def say(self, kind: str, least: int, most: int) -> str:
        """So many sentences of bench.txt, some of which are said more often than others."""
        lines, said = self.wording[f"said_{kind}"], []
        for _ in range(least + self.below(most - least + 1)):
            chance = self.random.random()
            at = len(lines) * chance * (_LEVEL + (1 - _LEVEL) * chance**3)
            said.append(self.fill(lines[int(at)]))
        return " ".join(said)

    def some(self, kind: str, least: int, most: int = 0) -> list[str]:
        count = min(self.random.randint(least, max(least, most)), len(self.wording[kind]))
        return [self.fill(line) for line in self.random.sample(self.wording[kind], count)]

    def draw(self, kind: str) -> str:
        return self.fill(self.pick(self.wording[kind]))

    def fill(self, line: str) -> str:
        return _SLOT.sub(self.slot, line) if "{" in line else line

    def slot(self, found: re.Match) -> str:
        """What stands in a slot: a name, date, sum…, or else a line of the kind that it names."""
        make = self.slots.get(found[1])
        return make() if make else self.draw(found[1])

    def pick(self, of: Sequence[str]) -> str:
        return of[self.below(len(of))]

    def below(self, number: int) -> int:
        return int(self.random.random() * number)

    def of_person(self, word: str) -> str:
        return self.person[word]

    def some_year(self) -> str:
        return f"20{self.year - self.below(3)}"

    def hundreds(self) -> str:
        return self.pick(("50", "100", "150", "200", "250", "300", "500", "750", "1000", "1500"))

    def sum(self) -> str:
        pounds = self.rank(*_SUMS) + 5
        if self.random.random() < _ROUND:
            return f"£{pounds // 50 * 50 + 50:,}"
        return f"£{pounds:,}" + self.pick(("", "", f".{self.below(100):02d}"))

    def rank(self, frequent: int, steep: float) -> int:
        """A number from 0 on: those up to `frequent` are frequent, and there is always a higher one."""
        return min(int(frequent * (self.random.paretovariate(steep) - 1)), 999_999)

    def word(self) -> str:
        """A name: a corpus has always new ones, the more seldom the larger it is."""
        syllables, rank = self.wording["syllables"], self.rank(*_NAMES)
        count = len(syllables)
        length = 2 if rank < count**2 else 3
        number, said = rank * 7_919 % count**length, ""  # 7,919 is a prime: ranks side by side have unlike names
        for _ in range(length):
            number, at = divmod(number, count)
            said += syllables[at]
        return said.capitalize()


_END = "Investigator's decision on behalf of the Ombudsman"


def _head(heading: dict) -> list[str]:
    return [
        heading["body"],
        *(f"{k} : {v}" for k, v in heading.items() if k != "body"),
        "The Ombudsman's final decision:",
    ]


def _website(heading: dict, summary: str, sections: list) -> str:
    parts = [*_head(heading), f"Summary: {summary}"]
    for title, paragraphs in sections:
        lines = []
        for n, paragraph in enumerate(paragraphs, 1):
            lead, items = (paragraph, []) if isinstance(paragraph, str) else paragraph
            lines += [f"  {n}. {lead}", *(f"      {i}. {item}" for i, item in enumerate(items, 1))]
        parts += [title, "\n".join(lines), "Back to top"] if lines else [title]
    return "\n\n".join([*parts, _END, "Print this page", "LGO logogram"]) + "\n"


def _bare(heading: dict, summary: str, sections: list, mark: str, gap: str) -> str:
    parts = [*_head(heading), f"Summary: {summary}"]
    for title, paragraphs in sections:
        parts.append(title)
        for paragraph in paragraphs:
            lead, items = (paragraph, []) if isinstance(paragraph, str) else paragraph
            parts += [mark + line for line in (lead, *items)]
    return gap.join([*parts, _END]) + "\n"


def _compact(heading: dict, summary: str, sections: list) -> str:
    return _bare(heading, summary, sections, "- ", "\n")


def _plain(heading: dict, summary: str, sections: list) -> str:
    return _bare(heading, summary, sections, "", "\n\n")


def _html(heading: dict, summary: str, sections: list) -> str:
    def item(paragraph: str | tuple) -> str:
        if isinstance(paragraph, str):
            return f"<li>{escape(paragraph)}</li>"
        return f"<li><p>{escape(paragraph[0])}</p><ol>{''.join(map(item, paragraph[1]))}</ol></li>"

    rows = "".join(
        f'<div><span class="label">{k} :</span> <span class="value">{escape(v)}</span></div>'
        for k, v in heading.items()
        if k != "body"
    )
    body = "".join(
        f"<h3>{escape(title)}</h3><ol>{''.join(map(item, paragraphs))}</ol>" for title, paragraphs in sections
    )
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Decision</title></head><body>"
        "<nav><a href='/'>Home</a></nav>"
        f"<article id='article'><h1>{escape(heading['body'])}</h1>{rows}<h2>The Ombudsman's final decision:</h2>"
        f"<p>Summary: {escape(summary)}</p>{body}<p>{_END}</p></article>"
        "<footer>Print this page</footer></body></html>\n"
    )


def decisions(seed: int = SEED) -> Iterator[tuple[str, str]]:
    """File names and texts of made-up decisions, without end; the same seed gives the same ones.

    >>> name, text = next(decisions(seed=1))
    >>> name.endswith((".txt", ".html")), "final decision" in text
    (True, True)
    """
    author = _Author(seed)
    while True:
        yield author.decision()


# --- the measurement --------------------------------------------------------------------------------------------


def bench(
    count: int = DECISIONS,
    *,
    repeats: int = REPEATS,
    seed: int = SEED,
    worker_counts: tuple[int, ...] = (1, 2),
    progress: Callable[[str], None] = lambda doing: None,
) -> dict:
    """Makes up a corpus of count decisions and measures runs over it; the figures, as `to_text` prints them.

    Seconds are medians of the repeats, memory the most of any; each repeat is a fresh run into a new folder.
    progress: called with what is being done. Raises BenchError.
    """
    with tempfile.TemporaryDirectory(prefix="ombudsman-bench-") as name:
        here = Path(name)
        corpus = here / "corpus"
        corpus.mkdir()
        progress(f"writing {count:,} decisions")
        source = decisions(seed)
        size = 0
        for file, text in islice(source, count):
            size += (corpus / file).write_bytes(text.encode())
        figures: dict = {
            "decisions": count,
            "megabytes": size / 1e6,
            "seed": seed,
            "repeats": repeats,
            "machine": _machine(),
        }
        taken: dict[str, list[dict]] = {}
        for turn in range(repeats):
            for workers in worker_counts:
                progress(f"run with {workers} workers, {turn + 1} of {repeats}")
                taken.setdefault(f"{workers}", []).append(_measured("run", corpus, here / f"{workers}-{turn}", workers))
            progress(f"spaCy's tokenizer, {turn + 1} of {repeats}")
            taken.setdefault("tokenizer", []).append(_measured("tokenize", corpus))
        for kind, results in taken.items():
            seconds = statistics.median(r["seconds"] for r in results)
            figures[f"workers_{kind}" if kind.isdigit() else kind] = {
                "seconds": seconds,
                "all_seconds": [r["seconds"] for r in results],
                "decisions_a_second": count / seconds,
                "megabytes_a_second": size / 1e6 / seconds,
                "peak_mebibytes": max(r["peak"] for r in results) / 2**20,
            }
        first = f"workers_{worker_counts[0]}"
        tokenizer = figures["tokenizer"]["seconds"]
        if worker_counts[0] == 1:
            figures["ratio_to_tokenizer"] = figures[first]["seconds"] / tokenizer
        for workers in worker_counts[1:]:
            figures[f"times_one_with_{workers}"] = figures[first]["seconds"] / figures[f"workers_{workers}"]["seconds"]
        progress("again, unchanged and with new decisions")
        out = here / f"{worker_counts[-1]}-0"
        again = _measured("run", corpus, out, worker_counts[-1])
        for file, text in islice(source, _NEW):
            (corpus / file).write_bytes(text.encode())
        new = _measured("run", corpus, out, worker_counts[-1])
        before = figures[f"workers_{worker_counts[-1]}"]["seconds"]
        figures["unchanged"] = {
            "seconds": again["seconds"],
            "extracted": again["extracted"],
            "of_first": again["seconds"] / before,
        }
        figures["new"] = {"files": _NEW, "seconds": new["seconds"], "extracted": new["extracted"]}
        progress("time by stage")
        taken_apart = _measured("stages", corpus)
        figures["stages"] = taken_apart["stages"]
        figures["ratio_side_by_side"] = sum(figures["stages"].values()) / taken_apart["tokenizer"]
        figures["ratio_full_length"] = taken_apart["ratio_full_length"]
    return figures


def _machine() -> dict:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": cores,
        "python": platform.python_version(),
        "load_before": load,
        "date": f"{dt.date.today():%Y-%m-%d}",
    }


def _measured(what: str, *arguments: object) -> dict:
    """What a process of its own prints, with the most memory that it and its workers had, in bytes."""
    line = [sys.executable, "-m", "pipeline.bench", what, *map(str, arguments)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        watch = _Watch(process.pid)
        watch.start()
        try:
            printed, errors = process.communicate()
        except BaseException:
            process.kill()
            raise
        finally:
            watch.over.set()
    if process.returncode:
        last = (errors.strip().splitlines() or ["no message"])[-1]
        raise BenchError(f"The measurement {what!r} ended with code {process.returncode}: {last}")
    return {**json.loads(printed), "peak": watch.peak}


class _Watch(threading.Thread):
    """Looks at the memory of a process and of all below it: shared pages are counted once, where the system says so."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        try:
            import psutil
        except ImportError:
            raise BenchError(
                "The bench needs psutil; install it with pip install 'ombudsman-decisions[bench]'."
            ) from None
        self.psutil, self.root = psutil, psutil.Process(pid)
        self.peak, self.over = 0, threading.Event()

    def run(self) -> None:
        took = 0.0
        while not self.over.wait(max(_LOOK, _REST * took)):  # else looking would slow down what is measured
            started = time.perf_counter()
            try:
                family = [self.root, *self.root.children(recursive=True)]
            except self.psutil.Error:
                return
            self.peak = max(self.peak, sum(map(self.memory, family)))
            took = time.perf_counter() - started

    def memory(self, process) -> int:
        try:
            found = process.memory_full_info()
            return getattr(found, "pss", found.uss)
        except (self.psutil.Error, OSError):
            return 0


# Each of these runs in a process of its own and prints a JSON object. spaCy is imported before the clock starts.


def _run(corpus: str, out: str, workers: str) -> dict:
    import spacy  # noqa: F401

    from pipeline.run import run

    report = run(Path(corpus), Path(out), worker_count=int(workers))
    if set(report.files) != {"extracted"}:
        raise BenchError(f"not every made-up decision was extracted: {report.files}, {report.reasons[:1]}")
    return {"seconds": report.seconds, "extracted": report.extracted}


def _tokenize(corpus: str) -> dict:
    import spacy

    from pipeline import reading

    nlp, seconds = spacy.blank("en"), 0.0
    paths = iter(sorted(Path(corpus).iterdir()))
    while batch := [reading.read(path.read_bytes(), path.suffix) for path in islice(paths, 256)]:
        started = time.perf_counter()
        for _ in nlp.pipe(batch):
            pass
        seconds += time.perf_counter() - started
    return {"seconds": seconds}


def _stages(corpus: str) -> dict:
    import spacy

    from pipeline import reading, stages, structure, tables

    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, call: Callable, *arguments: object):
        started = time.perf_counter()
        result = call(*arguments)
        spent[name] += time.perf_counter() - started
        return result

    paths = sorted(Path(corpus).iterdir())[:_STAGED]
    nlp, tokenizer = spacy.blank("en"), 0.0
    ours = theirs = 0.0  # seconds for decisions of full length: here, and in the tokenizer
    warm = reading.read(paths[0].read_bytes(), paths[0].suffix)
    list(nlp.pipe([warm]))
    tables.to_arrow([tables.record("", stages.read_decision(warm))])  # loads the patterns
    rows = []
    for path in paths:
        before = sum(spent.values())
        text = timed("read", lambda p: reading.read(p.read_bytes(), p.suffix), path)
        # Beside each decision, so that both have the same machine: its speed changes from one minute to the next.
        started = time.perf_counter()
        list(nlp.pipe([text]))
        tokens = time.perf_counter() - started
        tokenizer += tokens
        decision = timed("structure", structure.parse, text)
        for stage in stages.STAGES:
            timed(stage.__name__.rsplit(".", 1)[-1], stage.add, decision)
        rows.append(timed("record", tables.record, path.name, decision))
        if len(text) >= _FULL_LENGTH:
            ours += sum(spent.values()) - before
            theirs += tokens
    timed("arrow", lambda rows: tables.to_ipc(tables.to_arrow(rows)), rows)
    return {"stages": dict(spent), "tokenizer": tokenizer, "ratio_full_length": ours / theirs if theirs else None}


# --- what is printed --------------------------------------------------------------------------------------------


def to_text(figures: dict) -> str:
    """The figures as a table for people."""
    machine = figures["machine"]
    lines = [
        f"{figures['decisions']:,} decisions, {figures['megabytes']:.1f} MB, seed {figures['seed']}, "
        f"median of {figures['repeats']}",
        f"{machine['system']}, {machine['cores']} cores, Python {machine['python']}, "
        f"load {machine['load_before'] or 0:.1f} before",
        "",
        f"{'':22}{'seconds':>9}{'decisions/s':>13}{'MB/s':>8}{'peak memory':>14}",
    ]
    for key, value in figures.items():
        if key.startswith("workers_") or key == "tokenizer":
            name = (
                "spaCy's tokenizer"
                if key == "tokenizer"
                else "1 process"
                if key == "workers_1"
                else f"{key[8:]} workers"
            )
            times = figures.get(f"times_one_with_{key[8:]}")
            lines.append(
                f"{name:22}{value['seconds']:9.2f}{value['decisions_a_second']:13,.1f}{value['megabytes_a_second']:8.2f}"
                f"{value['peak_mebibytes']:10,.0f} MiB" + (f"   {times:.2f} times one" if times else "")
            )
    if "ratio_to_tokenizer" in figures:
        lines.append(f"{'ratio to the tokenizer':22}{figures['ratio_to_tokenizer']:9.2f}")
    again, new = figures["unchanged"], figures["new"]
    lines += [
        "",
        f"{'again, unchanged':22}{again['seconds']:9.2f}   "
        f"{again['of_first']:.1%} of the first, {again['extracted']} read",
        f"{'again, ' + str(new['files']) + ' new':22}{new['seconds']:9.2f}   {new['extracted']} read",
        "",
        f"Time by stage, {min(_STAGED, figures['decisions'])} decisions in one process:",
    ]
    whole = sum(figures["stages"].values())
    lines += [f"  {name:20}{seconds:9.2f}{seconds / whole:8.0%}" for name, seconds in figures["stages"].items()]
    lines.append(f"ratio to the tokenizer beside each of them {figures['ratio_side_by_side']:.2f}")
    if figures["ratio_full_length"] is not None:
        lines.append(f"beside those of {_FULL_LENGTH:,} characters or more {figures['ratio_full_length']:.2f}")
    return "\n".join(lines)


if __name__ == "__main__":
    _, what, *rest = sys.argv
    measure: dict[str, Callable[..., dict]] = {"run": _run, "tokenize": _tokenize, "stages": _stages}
    print(json.dumps(measure[what](*rest)))
