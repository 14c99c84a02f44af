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
from collections.abc import Callable, Iterator
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

_MONTHS = list(calendar.month_name)[1:]
_SLOT = re.compile(r"\{(\w+)\}")


class _Author:
    """Writes one decision after the other; the same seed writes the same ones."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.wording = tomllib.loads((resources.files("pipeline") / "bench.toml").read_text("utf-8"))
        councils = (resources.files("patterns") / "councils.csv").read_text("utf-8")
        self.councils = [row["name"] for row in csv.DictReader(councils.splitlines())]
        self.number = 0

    def decision(self) -> tuple[str, str]:
        """The name and the text of a file: a website copy, a compact copy, bare paragraphs, or the site's page."""
        chance, self.number = self.random, self.number + 1
        self.year = chance.randint(16, 25)
        self.name = f"{chance.choice(('Mr', 'Mrs', 'Miss', 'Ms', 'Dr'))} {chance.choice('ABCDEFGHJKLMNOPQRSTVWXYZ')}"
        self.his, self.pronoun = ("his", "he") if self.name.startswith("Mr ") else ("her", "she")
        reference = f"{self.year} {self.number // 1000 % 1000:03d} {self.number % 1000:03d}"
        outcome = chance.choices(("upheld", "not_upheld", "closed"), (5, 2, 3))[0]
        topic = self.fill(chance.choice(self.wording["topics"]))
        heading = {
            "body": f"{chance.choice(self.councils)} ({reference})",
            "Category": chance.choice(self.wording["categories"]),
            "Decision": {"upheld": "Upheld", "not_upheld": "Not upheld", "closed": "Closed after initial enquiries"}[
                outcome
            ],
            "Decision date": f"{chance.randint(1, 28):02d} {chance.choice(_MONTHS)[:3]} 20{self.year}",
        }
        final = self.draw(outcome)
        summary = f"{self.name} complained about {topic}. {final}"
        layout = chance.choices((_website, _compact, _plain, _html), (55, 20, 10, 15))[0]
        text = layout(heading, summary, self.sections(outcome, topic, final))
        return f"{reference.replace(' ', '-')}.{'html' if layout is _html else 'txt'}", text

    def sections(self, outcome: str, topic: str, final: str) -> list[tuple[str, list]]:
        """Headings and paragraphs; a paragraph with a list is a pair."""
        some = self.some
        sections = [
            ("The complaint", [f"{self.name} complains about {topic}.", *some("injustice", 1)]),
            ("The Ombudsman’s role and powers", some("standing", 2, 5)),
            ("How I considered the complaint", some("consideration", 1, 3)),
        ]
        if outcome == "closed":
            return [
                *sections,
                ("My assessment", some("events", 2, 4) + some("reasoning", 1)),
                ("Final decision", [final]),
            ]
        median, spread, least, most = _LENGTH
        length = min(max(self.random.lognormvariate(math.log(median), spread), least), most)
        findings: list[tuple[str, list]] = [("What I found", []), ("The law and guidance", some("law", 2, 5))]
        happened: list[str] = []
        while sum(map(len, happened)) < 0.45 * length:
            happened.append(" ".join(some("events", 1, 3)))
        analysis: list[str] = []
        while sum(map(len, analysis)) < 0.2 * length:
            verdict = "fault" if outcome == "upheld" and self.random.random() < 0.6 else "no_fault"
            analysis.append(
                " ".join(
                    some("reasoning", 1, 2) + some(verdict, 1) + (some("injustice", 1) if verdict == "fault" else [])
                )
            )
        sections += [*findings, ("What happened", happened), ("Analysis", analysis)]
        if outcome == "upheld":
            actions: list = [(self.draw("leads"), some("for_person", 1, 5))]
            actions += [(self.draw("leads_others"), some("for_others", 1, 3))] * (self.random.random() < 0.7)
            actions.append("The Council should provide us with evidence it has complied with the above actions.")
            sections.append(("Agreed action", actions))
        return [*sections, ("Final decision", [final])]

    def some(self, kind: str, least: int, most: int = 0) -> list[str]:
        count = min(self.random.randint(least, max(least, most)), len(self.wording[kind]))
        return [self.fill(line) for line in self.random.sample(self.wording[kind], count)]

    def draw(self, kind: str) -> str:
        return self.fill(self.random.choice(self.wording[kind]))

    def fill(self, line: str) -> str:
        return _SLOT.sub(lambda slot: self.slot(slot[1]), line)

    def slot(self, name: str) -> str:
        chance = self.random
        if name in ("help", "quoted"):
            return self.draw(name)
        if name in ("name", "his", "pronoun"):
            return getattr(self, name)
        month, year = chance.choice(_MONTHS), f"20{self.year - chance.randint(0, 2)}"
        pounds = chance.choice((50, 100, 150, 200, 250, 300, 500, 750, 1000, 1500))
        return {
            "team": lambda: chance.choice(self.wording["teams"]),
            "month": lambda: month,
            "year": lambda: year,
            "date": lambda: f"{chance.randint(1, 28)} {month} {year}",
            "n": lambda: str(chance.randint(2, 60)),
            "sum": lambda: f"£{chance.randint(20, 9000):,}" + chance.choice(("", "", f".{chance.randint(1, 99):02d}")),
            "hundreds": lambda: str(pounds),
            "tens": lambda: str(chance.randint(5, 30)),
            "total": lambda: f"{pounds * chance.randint(2, 9):,}",
            "officer": lambda: f"Officer {chance.choice('ABCDEFGHJKLM')}",
            "street": lambda: f"{chance.randint(1, 200)} {self.word()} {chance.choice(('Road', 'Street', 'Close'))}",
            "school": lambda: f"{self.word()} {chance.choice(('Primary School', 'Academy', 'School'))}",
            "home": lambda: f"{self.word()} {chance.choice(('House', 'Lodge', 'Care Home'))}",
            "company": lambda: f"{self.word()} {chance.choice(('Care Limited', 'Lettings', 'Surveyors', '& Sons'))}",
            "code": lambda: f"{self.word()[:3].upper()}/{chance.randint(1000, 99999)}",
        }[name]()  # fmt: skip

    def word(self) -> str:
        """A name that no decision may have had before: a corpus has always new words."""
        return "".join(self.random.choices(self.wording["syllables"], k=self.random.randint(2, 3))).capitalize()


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
