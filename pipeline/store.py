"""The output folder: one run at a time, what earlier runs extracted, and sets of tables that appear whole.

    OUT/NAME.parquet             a link to .ombudsman/current/NAME.parquet; OUT/datapackage.json likewise
    OUT/.ombudsman/current       a link to one set; renaming another link over it switches all tables in one step
    OUT/.ombudsman/sets/RUN_ID/  the tables of a run: the current ones and, for who reads them still, those before
    OUT/.ombudsman/parts/ENGINE/ what was extracted, batch by batch, by one state of the program and its patterns
    OUT/.ombudsman/lock          held while a run writes
    OUT/.ombudsman/alone         there while a run extracts in its own process, and after it if it died of that

Anything may stop at any moment: parts and sets get their name only when they are whole and on the disk.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline import datapackage, tables
from pipeline.workers import CRASHES

_INDEX = ("key", "reason", "passing", "decision_id", "text_sha256", "words_sha256", "text")
_PUBLISHED = (*(f"{name}.parquet" for name in tables.TABLES), datapackage.NAME)
_SMALL = 16  # rows; parts with fewer live ones, or less than half of theirs, are put together
_MERGED = 256


class Busy(Exception):
    """Another run holds the folder."""


@dataclass(slots=True)
class Content:
    """Where the record of a file's content is kept, and what duplicates are told by; that is empty with a `reason`."""

    part: int
    row: int
    reason: str | None
    decision_id: str
    text_sha256: str
    words_sha256: str
    characters: int


class Store:
    """An output folder. Use as a context manager: it holds the lock. Raises OSError, and Busy where another run has it.

    engine: what the kept results depend on beside the files' content; those of another engine are not used.
    """

    def __init__(self, out: Path, engine: str):
        self.out, self.home = out, out / ".ombudsman"
        self._folder, self._alone = self.home / "parts" / engine, self.home / "alone"
        self._parts: list[Path] = []
        self._rows: list[int] = []  # of each part
        self._next = 1
        self.contents: dict[str, Content] = {}
        self.deadly = False
        """Did a file end its process in an earlier run? Then another process should read what is new."""

    def __enter__(self) -> Store:
        self.home.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(self.home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            # The system lets go of it when the process ends, however it ends.
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            raise Busy from None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for left in (*self._folder.glob("*.new"), *(self.home / "sets").glob("*.new"), *self.home.glob("*.new")):
                _remove(left)
            self.deadly = self._alone.exists()
        except BaseException:
            os.close(self._lock)
            raise
        return self

    def __exit__(self, *_) -> None:
        os.close(self._lock)

    # --- what was extracted ------------------------------------------------------------------------------------

    def recall(self) -> None:
        """Fills `contents` with what earlier runs kept; a part that cannot be read is thrown away."""
        for path in sorted(self._folder.glob("*.arrow")):
            self._next = int(path.stem) + 1
            try:
                with pa.memory_map(str(path)) as source:
                    self._note(path, pa.ipc.open_file(source).read_all(), again=True)
            except (pa.ArrowInvalid, OSError):
                path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Throws away what earlier runs kept."""
        shutil.rmtree(self._folder)
        self._folder.mkdir()

    def keep(self, part: pa.Buffer) -> None:
        """Keeps a batch of results (an Arrow IPC file of RECORDS) and adds it to `contents`. Raises OSError."""
        path = self._save(part)
        self._note(path, pa.ipc.open_file(part).read_all(), again=False)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """For a block that reads files in this process: if it is never left, the next run's `deadly` is true."""
        self._alone.touch()
        try:
            yield
        finally:
            self._alone.unlink()

    def spared(self) -> None:
        """Notes that all files were read, those too that an earlier run may have died of."""
        self._alone.unlink(missing_ok=True)

    def _save(self, part: pa.Buffer) -> Path:
        path = self._folder / f"{self._next:08d}.arrow"
        self._next += 1
        new = path.with_suffix(".new")
        with open(new, "wb") as file:
            file.write(part)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)
        return path

    def _note(self, path: Path, table: pa.Table, *, again: bool) -> None:
        if table.schema != tables.RECORDS:
            raise pa.ArrowInvalid("another schema")
        self._parts.append(path)
        self._rows.append(table.num_rows)
        columns = [table[name] for name in _INDEX]
        columns[-1] = pc.utf8_length(columns[-1])
        for row, values in enumerate(zip(*(c.to_pylist() for c in columns), strict=True)):
            key, reason, passing, decision_id, text, words, characters = values
            if again and passing:
                self.deadly = self.deadly or reason.startswith(CRASHES)
            else:
                told_by = decision_id or "", text or "", words or "", characters or 0
                self.contents.setdefault(key, Content(len(self._parts) - 1, row, reason, *told_by))

    def records(self, contents: list[Content]) -> pa.Table:
        """Rows of RECORDS, in the order given. Only one part at a time is open."""
        order: dict[int, list[int]] = {}
        for place, content in enumerate(contents):
            order.setdefault(content.part, []).append(place)
        pieces, places = [], []
        for part, wanted in order.items():
            with pa.memory_map(str(self._parts[part])) as source:
                table = pa.ipc.open_file(source).read_all()
                rows = [contents[p].row for p in wanted]
                pieces.append(table if rows == list(range(len(table))) else table.take(pa.array(rows)))
            places += wanted
        table = pa.concat_tables(pieces)
        back = sorted(range(len(places)), key=places.__getitem__)
        return table if back == places else table.take(pa.array(back, pa.int64()))

    def tidy(self, live: Collection[str]) -> None:
        """Drops what no file of the corpus has any more, puts small parts together, drops other engines' parts."""
        rows: dict[int, list[Content]] = {}
        for key in live:
            if content := self.contents.get(key):
                rows.setdefault(content.part, []).append(content)
        small = [i for i, size in enumerate(self._rows) if len(rows.get(i, ())) < max(_SMALL, size / 2)]
        if len(small) > 1:
            contents = [content for i in small for content in rows.get(i, ())]
            for at in range(0, len(contents), _MERGED):
                self._save(tables.to_ipc(self.records(contents[at : at + _MERGED]).combine_chunks()))
            for i in small:
                self._parts[i].unlink()
        for other in self._folder.parent.iterdir():
            if other != self._folder:
                _remove(other)

    # --- the tables --------------------------------------------------------------------------------------------

    def claim(self) -> None:
        """Raises FileExistsError where OUT holds a file of a table's name that no run of ours wrote."""
        if (self.home / "current").exists():
            return  # a copy of an output folder may have files where there were links
        for name in _PUBLISHED:
            path = self.out / name
            if path.exists() and not path.is_symlink():
                raise FileExistsError(str(path))

    @contextmanager
    def new_set(self, run_id: str) -> Iterator[Path]:
        """A folder to write a run's tables into; when the block ends they are the current ones, all at once."""
        sets = self.home / "sets"
        staging = sets / f"{run_id}.new"
        staging.mkdir(parents=True)
        try:
            yield staging
            for path in [*staging.iterdir(), staging]:
                sync(path)
            os.rename(staging, sets / run_id)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        sync(sets)
        current = self.home / "current"
        before = os.readlink(current) if current.is_symlink() else ""
        if current.is_dir() and not current.is_symlink():
            os.rename(current, sets / "copied")  # a copy of an output folder that followed the links
        for name in _PUBLISHED:
            link(self.out / name, f".ombudsman/current/{name}")
        link(current, f"sets/{run_id}")
        for name in (*_PUBLISHED, *tables.TABLES):
            path = self.out / name
            if path.is_symlink() and not path.exists():  # to what only a run of the other engine writes
                path.unlink()
        sync(self.home)
        sync(self.out)
        for old in sets.iterdir():
            if old.name not in (run_id, Path(before).name):
                _remove(old)


def link(path: Path, target: str) -> None:
    """Makes path a link to target, in one step, whatever stood there."""
    if path.is_symlink() and os.readlink(path) == target:
        return
    new = path.with_name(f"{path.name}.new")
    _remove(new)
    os.symlink(target, new)
    os.replace(new, path)


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
