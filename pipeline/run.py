"""A run: a folder of files in, a folder of tables out.

The same corpus gives the same tables whatever the number of workers and the order of files on the disk; only the
run's id differs. What was extracted before, by the same program from the same bytes, is not extracted again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from pipeline import corpus as files_of
from pipeline import datapackage, patterns, tables, workers
from pipeline.corpus import MAX_BYTES, MAX_SECONDS, File
from pipeline.store import Busy, Content, Store

PROJECT = "ombudsman-decisions"

_NOT_OF_RECORDS = frozenset(
    f"{name}.py"
    for name in (*("api", "bench", "cli", "compare", "coverage", "datapackage", "evaluate", "label", "plot", "show"),)
)
"""Modules that a record does not depend on."""

_FEW_FILES, _FEW_BYTES = 16, 500_000
"""So few new files are read in this process: starting others would take longer."""

_BATCH_FILES, _BATCH_BYTES = 64, 1_500_000  # a killed run loses what its workers have in hand
_GROUP_DECISIONS, _GROUP_CHARACTERS = 4_000, 32_000_000


class RunError(Exception):
    """A run that could not finish; the message is one sentence: what is wrong, which file, what to do."""


@dataclass(slots=True)
class Report:
    """What a run did. `files`: how many of each status; `rows`: how many in each table; `seconds`: how long it took;
    `extracted`: how many contents were extracted anew; `reasons`: path and reason of the first rejected files."""

    out: Path | str
    run_id: str
    files: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    reasons: list[tuple[str, str]] = field(default_factory=list)
    extracted: int = 0
    seconds: float = 0.0


def version() -> str:
    """The project's version; it stands in pyproject.toml alone."""
    return importlib.metadata.version(PROJECT)


def engine() -> str:
    """16 hex digits that change with anything a record depends on beside its file: code, patterns, libraries."""
    digest = hashlib.sha256(f"{version()} {patterns.fingerprint()}".encode())
    for pin in sorted(importlib.metadata.requires(PROJECT) or ()):
        digest.update(pin.encode())
    package = Path(__file__).parent
    for source in sorted(package.rglob("*.py")):
        if source.name in _NOT_OF_RECORDS:
            continue
        digest.update(source.relative_to(package).as_posix().encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()[:16]


def new_id() -> str:
    """A run's id: when it started, in UTC, and 6 hex digits; later runs sort after earlier ones."""
    return f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(3)}"


def metadata(run_id: str) -> dict[str, str]:
    """What the schema of each table says of the run that wrote it."""
    return {"run_id": run_id, "pipeline_version": version(), "patterns_hash": patterns.fingerprint()}


def run(
    corpus: Path,
    out: Path,
    *,
    worker_count: int | None = None,
    fresh: bool = False,
    max_bytes: int = MAX_BYTES,
    max_seconds: float = MAX_SECONDS,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Reads every file under corpus and writes the tables into out; see `pipeline.store` for how they appear.

    worker_count: processes, null for one a core; with 1 all is done in this process. fresh: nothing that was extracted
    before is used. max_bytes, max_seconds: what a file may have and take; beyond it is rejected. progress: called with
    files done and files in all.

    Raises RunError. Leaves the tables of the last finished run as they are unless it finishes itself.
    With more than one worker call it under `if __name__ == "__main__":`, as multiprocessing demands.
    """
    started = time.monotonic()
    corpus, out = Path(corpus), Path(out)
    count = worker_count or cores()
    files = find(corpus, out)
    report = Report(out, new_id())
    try:
        with Store(out, engine()) as store:
            store.claim()
            if fresh:
                store.forget()
            else:
                store.recall()
            read = _Reading(files, store, max_bytes, progress)
            batches = read.batches(count)
            if count > 1 and store.contents:
                batches, few = _few(batches)
                count = 1 if few else count
            here = count == 1 and not store.deadly
            # Closed even where the block is left by Ctrl-C: that ends the worker processes.
            with (
                store.alone() if here else nullcontext(),
                closing(workers.extracted(batches, max_seconds, 0 if here else count)) as results,
            ):
                for result in results:
                    report.extracted += read.take(result)
            store.spared()
            _write(report, store, files, read.keys)
            store.tidy({key for key in read.keys if key})
    except Busy:
        raise RunError(f"Another run is writing into {out}; wait until it ends, or choose another folder.") from None
    except FileExistsError as error:
        raise RunError(
            f"{error} is there already and is not this program's; move it away, or choose another folder."
        ) from None
    except workers.WorkersFailed as error:
        raise RunError(str(error)) from None
    except OSError as error:
        raise RunError(
            f"{out} cannot be written: {files_of.why(error)}; make room or choose another folder."
        ) from error
    report.seconds = time.monotonic() - started
    return report


def _few(batches: Iterator[list[workers.Job]]) -> tuple[Iterator[list[workers.Job]], bool]:
    """The batches, and whether they are few small files, none a PDF: a library in C reads those, and may crash."""
    ahead = list(islice(batches, 2))
    few = len(ahead) == 1 and (
        len(ahead[0]) <= _FEW_FILES
        and sum(len(data) for *_, data in ahead[0]) <= _FEW_BYTES
        and not any(suffix == ".pdf" for _, suffix, _ in ahead[0])
    )
    return chain(ahead, batches), few


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def find(corpus: Path, out: Path) -> list[File]:
    """The files of a corpus folder, but for those under out. Raises RunError where there are none."""
    if corpus.exists() and not corpus.is_dir():
        raise RunError(f"{corpus} is a file; give the folder that it stands in.")
    if out.exists() and corpus.exists() and out.samefile(corpus):
        raise RunError(f"{out} is the corpus folder itself; choose another folder for the tables.")
    try:
        files = files_of.find(corpus, out)
    except OSError as error:
        reason = "there is no such folder" if isinstance(error, FileNotFoundError) else files_of.why(error)
        raise RunError(f"The corpus folder {corpus} cannot be read: {reason}; give a folder of decisions.") from None
    if not files:
        raise RunError(f"The corpus folder {corpus} is empty; put decisions into it, or give another folder.")
    return files


class _Reading:
    """The corpus on its way to the workers: reads and hashes files, passes on what is not known yet."""

    def __init__(self, files: list[File], store: Store, max_bytes: int, progress: Callable[[int, int], None]):
        self.files, self.store, self.max_bytes = files, store, max_bytes
        self.keys: list[str | None] = [None] * len(files)  # of the content; null where it was not read
        self._progress, self._done, self._sent = progress, 0, set[str]()
        self._step(0)  # the bar stands there while the workers start

    def batches(self, worker_count: int) -> Iterator[list[workers.Job]]:
        # What `_few` looks for is not to be cut in two; with a worker alone nobody waits.
        least = _FEW_FILES if self.store.contents or worker_count == 1 else 8
        batch, volume = [], 0
        for i, file in enumerate(self.files):
            key = None
            if not file.status:
                suffix = file.suffix
                try:
                    data = files_of.read(file, self.max_bytes)
                except files_of.Refused as refused:
                    file.status, file.reason = "rejected", str(refused)
                else:
                    file.bytes = len(data)
                    # With the suffix: the same bytes are read in another way under another one.
                    key = self.keys[i] = hashlib.sha256(data).hexdigest() + suffix
            if key is None or key in self.store.contents or key in self._sent:
                self._step(1)
                continue
            self._sent.add(key)
            batch.append((key, suffix, data))
            volume += len(data)
            # Small ones in the end, and for a small corpus: nobody should wait long for the last.
            size = min(_BATCH_FILES, max(least, (len(self.files) - i) // (4 * worker_count)))
            if len(batch) >= size or volume >= _BATCH_BYTES:
                yield batch
                batch, volume = [], 0
        if batch:
            yield batch

    def take(self, result: pa.Buffer) -> int:
        """Keeps a batch of results; returns how many."""
        before = len(self.store.contents)
        self.store.keep(result)
        count = len(self.store.contents) - before
        self._step(count)
        return count

    def _step(self, count: int) -> None:
        self._done += count
        self._progress(self._done, len(self.files))


class Kept(Protocol):
    """What was extracted: a `Store`, or what stands in for it on a cluster."""

    contents: dict[str, Content]

    def records(self, contents: list[Content]) -> pa.Table: ...


@dataclass(slots=True)
class Row:
    """A decision to be written: its content, its final id, its file; `shared`: another has its case reference."""

    content: Content
    decision_id: str
    path: str
    shared: bool = False


def _write(report: Report, store: Store, files: list[File], keys: list[str | None]) -> None:
    """Settles which file is whose, and writes a set of tables."""
    rows = settle(store, files, keys)
    rows.sort(key=lambda r: r.decision_id)
    with store.new_set(report.run_id) as folder:
        with tables.Writer(folder, metadata(report.run_id)) as writer:
            for group in groups(rows):
                writer.add(records_of(store, group))
            for at in range(0, len(files), 10_000):
                writer.add_files(
                    file_row(*pair) for pair in zip(files[at : at + 10_000], keys[at : at + 10_000], strict=True)
                )
        datapackage.write(folder)
    report.rows = writer.rows
    count_files(report, files)


def count_files(report: Report, files: list[File]) -> None:
    """Adds `files` and `reasons`, once the files are settled."""
    for file in files:
        report.files[file.status] = report.files.get(file.status, 0) + 1
        if file.status == "rejected" and len(report.reasons) < 5:
            report.reasons.append((file.path, file.reason or ""))


def settle(store: Kept, files: list[File], keys: list[str | None]) -> list[Row]:
    """Sets status, reason and decision of every file, in path order; returns the decisions.

    The first file in path order is the decision. A later one with the same text, or with the same reference and the
    same words in its paragraphs (another layout of it), repeats it. A later one with the same reference and other
    words is a decision too, under the id of its text; both rows then carry the warning `reference_shared`.
    """
    by_text: dict[str, Row] = {}
    by_words: dict[tuple[str, str], Row] = {}
    by_id: dict[str, Row] = {}
    rows = []
    for file, key in zip(files, keys, strict=True):
        if key is None:
            continue
        content = store.contents[key]
        if content.reason is not None:
            file.status, file.reason = "rejected", content.reason
            continue
        words = content.decision_id, content.words_sha256
        again = by_text.get(content.text_sha256) or by_words.get(words)
        if again is not None:
            file.status, file.decision_id = "duplicate", again.decision_id
            file.reason = f"It is the same decision as {again.path}."
            continue
        row = Row(content, content.decision_id, file.path)
        first = by_id.setdefault(content.decision_id, row)
        if first is not row:
            first.shared = row.shared = True
            row.decision_id = f"sha256-{content.text_sha256[:16]}"
        by_text[content.text_sha256] = by_words[words] = row
        rows.append(row)
        file.status, file.decision_id = "extracted", row.decision_id
    return rows


def groups(rows: list[Row]) -> Iterator[list[Row]]:
    """Row groups: bounded in decisions and in characters, whatever the corpus."""
    group: list[Row] = []
    volume = 0
    for row in rows:
        if group and (len(group) >= _GROUP_DECISIONS or volume + row.content.characters > _GROUP_CHARACTERS):
            yield group
            group, volume = [], 0
        group.append(row)
        volume += row.content.characters
    if group:
        yield group


def records_of(store: Kept, group: list[Row]) -> pa.Table:
    records = store.records([row.content for row in group])
    warnings = [
        [*own, "reference_shared"] if row.shared else own
        for row, own in zip(group, records["warnings"].to_pylist(), strict=True)
    ]
    for name, values in (("decision_id", [row.decision_id for row in group]), ("warnings", warnings)):
        at = records.schema.get_field_index(name)
        records = records.set_column(at, records.schema.field(at), pa.array(values, records.schema.field(at).type))
    return records.append_column("source_path", pa.array([row.path for row in group], pa.string()))


def file_row(file: File, key: str | None) -> dict:
    return {
        "path": file.path,
        "bytes": file.bytes,
        "sha256": key[:64] if key else None,
        "status": file.status,
        "reason": file.reason,
        "decision_id": file.decision_id,
    }
