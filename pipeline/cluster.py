"""A run beyond one machine: the same stages as tasks of a Dask cluster, on any storage that fsspec reaches.

    CORPUS -> batches -> task: extract a batch  -> OUT/.ombudsman/parts/ENGINE/ID.records and ID.index
           -> settled here, as in a local run   -> task: write a group of decisions, sorted by id
           -> OUT/NAME/*.parquet, read in the order of their names, and OUT/datapackage.json, which names them

Dask alone schedules the tasks, repeats the ones that fail and moves them off workers that die. Only the small indexes
come here; bytes and records go between the workers and the storage. A batch whose index is there is not extracted
again, so an interrupted run goes on and a second one costs what has changed.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import os
import re
import secrets
import shutil
import signal
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from distributed import Client, Future, KilledWorker, LocalCluster, WorkerPlugin, as_completed
from fsspec.core import url_to_fs

from pipeline import corpus as files_of
from pipeline import datapackage, run, tables, workers
from pipeline.corpus import MAX_BYTES, MAX_SECONDS, File
from pipeline.run import Report, Row, RunError
from pipeline.store import Busy, Content, Store, link, sync

RETRIES = 3
"""How often Dask repeats a task that raises: storage fails now and then."""

CONNECT_SECONDS = 10.0
"""How long a scheduler may take to answer."""

_USUAL_FILES, _MOST_FILES, _MOST_BYTES = 64, 256, 4_000_000
"""Of a batch: files on average, files and bytes at most."""

_ONE_AT_A_TIME = threading.Lock()  # PDFium and the time limit of a file want one extraction a process

_INDEX = pa.schema(
    [
        ("key", pa.string()),  # of the content; null where the file was not read
        ("bytes", pa.int64()),
        ("refused", pa.string()),  # why it was not read
        ("reason", pa.string()),
        ("passing", pa.bool_()),
        ("decision_id", pa.string()),
        ("text_sha256", pa.string()),
        ("words_sha256", pa.string()),
        ("characters", pa.int64()),
        ("start", pa.int64()),  # of its record in ID.records
        ("end", pa.int64()),
        ("size", pa.int64()),  # of the record, decompressed
    ]
)


# --- the corpus -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Batch:
    """Files that one task extracts. `id` changes with their names, their content and what may be read of them."""

    id: str
    files: list[File]


def _storage(url: str) -> tuple[Any, str]:
    """The file system and the path in it. Raises RunError where no package for the kind of address is installed."""
    try:
        fs, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise RunError(f"{url} cannot be reached: {str(error).rstrip('.')}; see docs/scaling.md.") from None
    return fs, (os.path.abspath(path) if _is_local(fs) else path).rstrip("/")


def _address(url: str) -> str:
    """The same for every process, whatever folder it works in."""
    fs, path = _storage(url)
    return fs.unstrip_protocol(path)


def _is_local(fs: Any) -> bool:
    return "file" in ((fs.protocol,) if isinstance(fs.protocol, str) else fs.protocol)


def find(corpus: str, out: str) -> tuple[list[File], dict[str, str]]:
    """Every file of the corpus, in path order, as `pipeline.corpus.find` has it, and what tells that one has changed.

    Raises RunError.
    """
    fs, root = _storage(corpus)
    if _is_local(fs):
        files = run.find(Path(root), Path(_storage(out)[1]) if _is_local(_storage(out)[0]) else Path(os.devnull))
        return files, {file.path: _local_stamp(file) for file in files if not file.status}
    try:
        found = fs.find(root, detail=True)
    except Exception as error:  # each storage has its own
        raise RunError(
            f"The corpus folder {corpus} cannot be read: {_why(error)}; give a folder of decisions."
        ) from None
    away = _storage(out)[1] + "/" if type(_storage(out)[0]) is type(fs) else None
    files, stamps, folders = [], {}, set[str]()
    for key, about in found.items():
        if away and key.startswith(away):
            continue
        file = File(key[len(root) + 1 :], key.encode(), about.get("size"))
        parts = file.path.split("/")
        folders.update("/".join(parts[:n]) for n in range(1, len(parts)))
        if any(part.startswith(".") for part in parts):
            file.status, file.reason = "ignored", files_of.HIDDEN
        elif file.suffix not in files_of.SUFFIXES:
            file.status, file.reason = "ignored", files_of.OTHER_KIND
        files.append(file)
        stamp = about.get("ETag") or about.get("etag") or about.get("md5Hash") or about.get("LastModified")
        stamps[file.path] = str(stamp or about.get("mtime") or secrets.token_hex(8))
    for folder in folders:
        if folder.lower().endswith(files_of.SUFFIXES) and f"{root}/{folder}" not in found:
            files.append(File(folder, f"{root}/{folder}".encode(), None, "ignored", files_of.A_FOLDER))
    if not files:
        raise RunError(
            f"The corpus folder {corpus} is empty or is not there; put decisions into it, or give another one."
        )
    return sorted(files, key=lambda f: (f.path, f.system)), stamps


def _local_stamp(file: File) -> str:
    try:
        found = os.stat(file.system)
    except OSError:
        return secrets.token_hex(8)
    return f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such folder"
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


def batches(files: list[File], stamps: dict[str, str], limits: tuple[int, float]) -> Iterator[Batch]:
    """The files to be read, in path order, in batches.

    The files' own names say where a batch ends, so that one more file changes the batch it comes into and no other.
    """
    batch: list[File] = []
    volume = 0
    for file in files:
        if file.status:
            continue
        batch.append(file)
        volume += file.bytes or 0
        full = len(batch) >= _MOST_FILES or volume >= _MOST_BYTES
        if full or zlib.crc32(file.path.encode()) % _USUAL_FILES == 0:
            yield _batch(batch, stamps, limits)
            batch, volume = [], 0
    if batch:
        yield _batch(batch, stamps, limits)


def _batch(files: list[File], stamps: dict[str, str], limits: tuple[int, float]) -> Batch:
    told_by = json.dumps([limits, [(f.path, f.bytes, stamps[f.path]) for f in files]])
    return Batch(hashlib.sha256(told_by.encode()).hexdigest()[:32], files)


def _read(fs: Any, files: list[File], max_bytes: int) -> list[bytes | str]:
    """Each file's content, or the reason why it is not read. What else fails is raised, for Dask to repeat the task."""
    if _is_local(fs):
        return [_read_local(file, max_bytes) for file in files]
    paths = [file.system.decode() for file in files if (file.bytes or 0) <= max_bytes]
    # All at once: over a network it is the waiting that takes the time.
    found = fs.cat(paths, on_error="return") if paths else {}
    contents: list[bytes | str] = []
    for file in files:
        content = found.get(file.system.decode(), files_of.too_large(max_bytes))
        if isinstance(content, FileNotFoundError):
            content = "It cannot be read: it has gone."
        elif isinstance(content, PermissionError):
            content = "It cannot be read: you have no permission."
        elif isinstance(content, Exception):
            raise content
        contents.append(content)
    return contents


def _read_local(file: File, max_bytes: int) -> bytes | str:
    try:
        return files_of.read(file, max_bytes)
    except files_of.Refused as refused:
        return str(refused)


# --- tasks ------------------------------------------------------------------------------------------------------

_engine = functools.cache(run.engine)


def extract_batch(
    corpus: str, parts: str, engine: str, fresh: bool, batch: Batch, max_bytes: int, max_seconds: float
) -> tuple[bytes, int]:
    """A task: extracts a batch, keeps the records, gives back their index (Arrow IPC) and how many are new.

    Raises RunError where the worker has another version of the program, and what the storage raises.
    """
    if _engine() != engine:
        raise RunError("The workers run another version of the program or its patterns; install the same one on all.")
    store, folder = _storage(parts)
    index, records = f"{folder}/{batch.id}.index", f"{folder}/{batch.id}.records"
    if not fresh and (known := _known(store, index, records)):
        return known, 0
    contents = _read(_storage(corpus)[0], batch.files, max_bytes)
    jobs: dict[str, workers.Job] = {}
    rows: list[dict] = []
    for file, data in zip(batch.files, contents, strict=True):
        if isinstance(data, str):
            rows.append({"refused": data, "bytes": file.bytes})
            continue
        key = hashlib.sha256(data).hexdigest() + file.suffix
        jobs[key] = key, file.suffix, data
        rows.append({"key": key, "bytes": len(data)})
    with _ONE_AT_A_TIME:
        buffer = workers.extract(list(jobs.values()), max_seconds)
    blob, places = _pack(pa.ipc.open_file(buffer).read_all())
    rows = [row | places.get(row.get("key", ""), {}) for row in rows]
    found = tables.to_ipc(pa.Table.from_pylist(rows, schema=_INDEX)).to_pybytes()
    store.makedirs(folder, exist_ok=True)
    store.pipe_file(records, blob)
    store.pipe_file(index, found)  # last: where it stands, the records are whole
    return found, len(jobs)


def _known(store: Any, index: str, records: str) -> bytes | None:
    """The index that an earlier run has left; null where it is not whole or a limit had stopped a file."""
    try:
        found = store.cat_file(index)
        table = pa.ipc.open_file(found).read_all()
        ends = [end for end in table["end"].to_pylist() if end]
        whole = table.schema == _INDEX and store.size(records) == max(ends, default=0)
    except (FileNotFoundError, pa.ArrowInvalid):
        return None
    return found if whole and not any(table["passing"].to_pylist()) else None


def _pack(records: pa.Table) -> tuple[bytes, dict[str, dict]]:
    """The decisions among the rows of RECORDS, each by itself so that a later task reads only what it needs, and what
    the index says of each row."""
    codec, pieces, places, at = pa.Codec("zstd"), [], {}, 0
    for n, row in enumerate(records.select([*_INDEX.names[3:8], "key", "text"]).to_pylist()):
        text = row.pop("text")
        if row["reason"] is None:
            message = records.slice(n, 1).combine_chunks().to_batches()[0].serialize()
            piece = codec.compress(message, asbytes=True)
            row |= {"characters": len(text), "start": at, "end": at + len(piece), "size": message.size}
            pieces.append(piece)
            at += len(piece)
        places[row["key"]] = row
    return b"".join(pieces), places


@dataclass(slots=True)
class _Place(Content):
    """Where a record is kept: `part` is a place in `Kept.parts`, `row` where its bytes start."""

    end: int = 0
    size: int = 0


@dataclass(slots=True)
class Kept:
    """What the tasks have extracted; for `pipeline.run` what a `Store` is."""

    folder: str
    parts: list[str] = field(default_factory=list)
    contents: dict[str, Content] = field(default_factory=dict)

    def records(self, contents: list[Content]) -> pa.Table:
        """Rows of RECORDS, in the order given."""
        store, folder = _storage(self.folder)
        codec, places = pa.Codec("zstd"), [c for c in contents if isinstance(c, _Place)]
        pieces = store.cat_ranges(
            [f"{folder}/{self.parts[p.part]}.records" for p in places],
            [p.row for p in places],
            [p.end for p in places],
            on_error="raise",
        )
        messages = [codec.decompress(piece, p.size) for piece, p in zip(pieces, places, strict=True)]
        return pa.Table.from_batches([pa.ipc.read_record_batch(m, tables.RECORDS) for m in messages], tables.RECORDS)


def write_group(kept: Kept, group: list[Row], target: str, number: int, metadata: dict[str, str]) -> dict[str, int]:
    """A task: writes a group of decisions as part NUMBER of each table but files, gives back the rows of each."""
    with _set(target, number, metadata) as writer:
        writer.add(run.records_of(kept, group))
    return writer.rows


@contextmanager
def _set(target: str, number: int, metadata: dict[str, str], names: tuple[str, ...] = tuple(tables.TABLES)[:-1]):
    """A Writer whose tables go to TARGET/NAME/NUMBER.parquet when the block ends."""
    fs, folder = _storage(target)
    with TemporaryDirectory(prefix="ombudsman-") as here:
        with tables.Writer(Path(here), metadata) as writer:
            yield writer
        for name in names:
            fs.makedirs(f"{folder}/{name}", exist_ok=True)
            fs.put_file(f"{here}/{name}.parquet", f"{folder}/{name}/{number:05d}.parquet")


# --- the run ----------------------------------------------------------------------------------------------------


def extract(
    corpus: str,
    out: str,
    *,
    scheduler: str | None = None,
    worker_count: int | None = None,
    fresh: bool = False,
    max_bytes: int = MAX_BYTES,
    max_seconds: float = MAX_SECONDS,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """As `pipeline.run.run`, on a Dask cluster. corpus, out: folders or addresses (s3://, gs://, abfs://).

    scheduler: the address of one that runs; null for a cluster of worker_count processes on this machine.
    The tables are folders of part files, OUT/NAME/*.parquet. Raises RunError.
    """
    started = time.monotonic()
    files, stamps = find(corpus, out)
    report = Report(out, run.new_id())
    metadata = run.metadata(report.run_id)
    try:
        with ExitStack() as stack:
            folder, new_set = stack.enter_context(_held(out))
            client = stack.enter_context(_client(scheduler, worker_count))
            engine = run.engine()
            parts = f"{folder}/.ombudsman/parts/{engine}"
            kept, keys = Kept(parts), dict[str, str]()
            limits = max_bytes, max_seconds
            todo = list(batches(files, stamps, limits))
            done = len(files) - sum(len(b.files) for b in todo)
            progress(done, len(files))
            arguments = _address(corpus), parts, engine, fresh
            for batch, index, new in _extracted(client, todo, arguments, limits):
                _note(kept, keys, batch, index)
                report.extracted += new
                done += len(batch.files)
                progress(done, len(files))
            by_file = [keys.get(file.path) for file in files]
            rows = sorted(run.settle(kept, files, by_file), key=lambda r: r.decision_id)
            with new_set(report) as target:
                report.rows = _write(client, kept, rows, target, metadata)
                with _set(target, 0, metadata, ("files",)) as writer:
                    for at in range(0, len(files), 10_000):
                        some = slice(at, at + 10_000)
                        writer.add_files(run.file_row(*pair) for pair in zip(files[some], by_file[some], strict=True))
                report.rows["files"] = writer.rows["files"]
            _tidy(parts, kept.parts)
    except Busy:
        raise RunError(_busy(out)) from None
    except FileExistsError as error:
        raise RunError(f"{error} is there already and is not this program's; choose another folder.") from None
    except OSError as error:
        raise RunError(
            f"{out} cannot be written: {files_of.why(error)}; make room or choose another folder."
        ) from error
    run.count_files(report, files)
    report.seconds = time.monotonic() - started
    return report


def _note(kept: Kept, keys: dict[str, str], batch: Batch, index: bytes) -> None:
    """Adds a batch to what is kept, and sets its files' size, key, or the reason why they were not read."""
    kept.parts.append(batch.id)
    for file, row in zip(batch.files, pa.ipc.open_file(index).read_all().to_pylist(), strict=True):
        file.bytes = row["bytes"]
        if row["refused"]:
            file.status, file.reason = "rejected", row["refused"]
            continue
        keys[file.path] = row["key"]
        place = _Place(
            part=len(kept.parts) - 1,
            row=row["start"] or 0,
            reason=row["reason"],
            decision_id=row["decision_id"] or "",
            text_sha256=row["text_sha256"] or "",
            words_sha256=row["words_sha256"] or "",
            characters=row["characters"] or 0,
            end=row["end"] or 0,
            size=row["size"] or 0,
        )
        kept.contents.setdefault(row["key"], place)


def _extracted(
    client: Client, todo: list[Batch], arguments: tuple, limits: tuple[int, float]
) -> Iterator[tuple[Batch, bytes, int]]:
    """Each batch with its index and how many contents are new, as they come. Raises RunError.

    A batch over which Dask has lost one worker after the other may only have waited on those workers. Its files are
    tried again at the end, one at a time, with nothing else under way: the one that kills again is rejected.
    """
    suspects: list[File] = []

    def submit(batch: Batch) -> Future:
        return client.submit(extract_batch, *arguments, batch, *limits, key=f"extract-{batch.id}", retries=RETRIES)

    under_way = {submit(batch): batch for batch in todo}
    for future in as_completed(list(under_way), raise_errors=False):
        batch = under_way.pop(future)
        try:
            index, new = future.result()
        except KilledWorker:
            suspects += batch.files
        except Exception as error:
            raise _failed(error) from error
        else:
            yield batch, index, new
        future.release()
    for file in suspects:
        batch = Batch(f"alone-{secrets.token_hex(13)}", [file])
        try:
            index, new = submit(batch).result()
        except KilledWorker:
            index, new = _given_up(arguments[0], file, limits[0]), 1
        except Exception as error:
            raise _failed(error) from error
        yield batch, index, new


def _given_up(corpus: str, file: File, max_bytes: int) -> bytes:
    """The index of a file that no worker survives."""
    [data] = _read(_storage(corpus)[0], [file], max_bytes)
    row: dict = {"bytes": file.bytes, "refused": data}
    if isinstance(data, bytes):
        key = hashlib.sha256(data).hexdigest() + file.suffix
        row = {"key": key, "bytes": len(data), "reason": f"{workers.CRASHES}.", "passing": True}
    return tables.to_ipc(pa.Table.from_pylist([row], schema=_INDEX)).to_pybytes()


def _write(client: Client, kept: Kept, rows: list[Row], target: str, metadata: dict[str, str]) -> dict[str, int]:
    """Writes every table but files; gives back how many rows each has. Raises RunError."""
    counts = dict.fromkeys(tables.TABLES, 0)
    futures = []
    for number, group in enumerate(run.groups(rows) if rows else [[]]):
        # Only the places that the task reads go to it.
        used = sorted({row.content.part for row in group})
        part = Kept(kept.folder, [kept.parts[n] for n in used])
        at = {n: i for i, n in enumerate(used)}
        moved = [replace(row, content=replace(row.content, part=at[row.content.part])) for row in group]
        futures.append(client.submit(write_group, part, moved, target, number, metadata, pure=False, retries=RETRIES))
    for future in as_completed(futures, raise_errors=False):
        try:
            for name, count in future.result().items():
                counts[name] += count
        except Exception as error:
            raise _failed(error) from error
    return counts


def _failed(error: Exception) -> RunError:
    if isinstance(error, RunError):
        return error
    return RunError(
        f"The cluster gave up a task after {RETRIES} more tries: {type(error).__name__}: {_why(error)}; "
        "what was extracted is kept, the next run goes on from there."
    )


@contextmanager
def _client(scheduler: str | None, worker_count: int | None) -> Iterator[Client]:
    """A client of the running cluster, or of one in processes of this machine that ends with the block."""
    if scheduler:
        try:
            client = Client(scheduler, timeout=CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            raise RunError(
                f"No Dask scheduler answers at {scheduler}: {_why(error)}; start one, see docs/scaling.md."
            ) from None
        with client:
            yield client
        return
    with (
        LocalCluster(
            n_workers=worker_count or run.cores(),
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        ) as local,
        Client(local) as client,
    ):
        client.register_plugin(_LeavesInterrupts())
        try:
            yield client
        except KeyboardInterrupt:
            for name in ("asyncio", "distributed", "tornado"):  # what they say of the workers' end is no news
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
            for nanny in local.workers.values():  # else each would finish its batch first
                nanny.close_gracefully()  # else it may start the next worker
                with suppress(ProcessLookupError, TypeError):
                    os.kill(nanny.pid, signal.SIGKILL)
            raise


class _LeavesInterrupts(WorkerPlugin):
    """Ctrl-C is the first process's to handle."""

    def setup(self, worker: Any) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


# --- the output -------------------------------------------------------------------------------------------------


_Set = Callable[[Report], AbstractContextManager[str]]


@contextmanager
def _held(out: str) -> Iterator[tuple[str, _Set]]:
    """The output for this run alone: its address, and what makes a set of tables for a run: an address to write them
    under, which become the current ones when its block, which sets the report's `rows`, ends. Raises Busy,
    FileExistsError, OSError."""
    fs, folder = _storage(out)
    if _is_local(fs):
        with Store(Path(folder), run.engine()) as store:
            store.claim()
            if not (store.home / "current").exists() and (other := _first(Path(folder, n) for n in tables.TABLES)):
                raise FileExistsError(other)
            yield fs.unstrip_protocol(folder), functools.partial(_linked_set, fs, store)
        return
    fs.invalidate_cache()
    others = (p for n in tables.TABLES for p in fs.find(f"{folder}/{n}") if not _OURS.search(p))
    if other := _first(others):
        raise FileExistsError(other)
    if fs.exists(about := f"{folder}/{datapackage.NAME}") and not fs.exists(f"{folder}/{_CURRENT}"):
        raise FileExistsError(about)
    lock = f"{folder}/.ombudsman/lock"
    try:
        fs.pipe_file(lock, run.new_id().encode(), mode="create")  # the storage refuses where it is there
    except FileExistsError:
        raise Busy from None
    try:
        yield fs.unstrip_protocol(folder), functools.partial(_copied_set, fs, folder)
    finally:
        fs.rm_file(lock)


_CURRENT = "_run.json"
"""On an object store: names the files of the current run."""

_OURS = re.compile(r"/\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{6}-\d{5}\.parquet$")


def _first(paths: Iterable[Any]) -> Any:
    return next((p for p in paths if not isinstance(p, Path) or (p.exists() and not p.is_symlink())), None)


def _busy(out: str) -> str:
    if _is_local(_storage(out)[0]):
        return f"Another run is writing into {out}; wait until it ends, or choose another folder."
    return (
        f"Another run is writing into {out}; wait until it ends or, where it was killed, remove {out}/.ombudsman/lock."
    )


@contextmanager
def _linked_set(fs: Any, store: Store, report: Report) -> Iterator[str]:
    """On a file system: OUT/NAME is a link, and all tables are switched in one step as in a local run."""
    with store.new_set(report.run_id) as staging:
        yield staging.as_uri()
        parts = {path.relative_to(staging).as_posix(): path.stat().st_size for path in staging.glob("*/*")}
        (staging / datapackage.NAME).write_bytes(_described(fs, str(staging), parts, report.rows))
        for path in [*staging.glob("*/*"), *staging.glob("*")]:
            sync(path)
        for name in tables.TABLES:
            folder = store.out / name
            if folder.is_dir() and not folder.is_symlink():
                shutil.rmtree(folder)  # a copy of an output folder that followed the links
            link(folder, f".ombudsman/current/{name}")


@contextmanager
def _copied_set(fs: Any, folder: str, report: Report) -> Iterator[str]:
    """On an object store, which has no links: the files get names with the run's id; `_run.json` names the current ones
    and changes in one step, between the moment when the new ones are there and the old ones go. So does
    `datapackage.json`, and after it: one that stands there alone is not this program's."""
    run_id, sets = report.run_id, f"{folder}/.ombudsman/sets"
    yield fs.unstrip_protocol(f"{sets}/{run_id}")
    fs.invalidate_cache()
    staged = fs.find(f"{sets}/{run_id}", detail=True)
    old = [path for name in tables.TABLES for path in fs.find(f"{folder}/{name}")]
    new = [f"{name}/{run_id}-{number}" for name, number in (path.rsplit("/", 2)[1:] for path in staged)]
    fs.copy(list(staged), [f"{folder}/{path}" for path in new])
    sizes = (about["size"] for about in staged.values())
    described = _described(fs, folder, dict(zip(new, sizes, strict=True)), report.rows)
    told = {"run_id": run_id, "files": sorted(new)}
    fs.pipe_file(f"{folder}/{_CURRENT}", json.dumps(told, indent=1).encode())
    fs.pipe_file(f"{folder}/{datapackage.NAME}", described)
    if old:
        fs.rm(old)
    fs.rm(sets, recursive=True)


def _described(fs: Any, folder: str, parts: dict[str, int], rows: dict[str, int]) -> bytes:
    """What FOLDER/datapackage.json is to say. parts: bytes of each part file, by its path in FOLDER; rows: by table."""
    written = {}
    for name in tables.TABLES:
        paths = sorted(path for path in parts if path.startswith(f"{name}/"))
        with fs.open(f"{folder}/{paths[0]}") as first:  # all parts of a table have one schema
            schema = pq.read_schema(first)
        written[name] = datapackage.Written(paths, schema, sum(parts[path] for path in paths), rows[name])
    return datapackage.describe(written)


def _tidy(parts: str, live: Iterable[str]) -> None:
    """Drops what no file of the corpus has any more, and other engines' parts."""
    fs, folder = _storage(parts)
    fs.invalidate_cache()
    kept = {f"{folder}/{part}{suffix}" for part in live for suffix in (".index", ".records")}
    dead = [
        path
        for path in fs.find(folder.rsplit("/", 1)[0])
        if path not in kept and not (path.startswith(f"{folder}/") and path.endswith(".arrow"))  # a local run's
    ]
    if dead:
        fs.rm(dead)


def table(out: str, name: str) -> pa.Table:
    """A table of a finished run, whole, in its order."""
    fs, folder = _storage(out)
    fs.invalidate_cache()
    return pa.concat_tables(pq.read_table(fs.open(path)) for path in sorted(fs.find(f"{folder}/{name}")))
