"""Files' bytes to Arrow, in this process or in processes that may die.

A batch goes out as (key, suffix, bytes) and comes back as one Arrow IPC file of `tables.RECORDS`, so that a worker
never touches the corpus or the output, and the same function can be a task of a cluster.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from pathlib import Path

import pyarrow as pa

from pipeline import tables
from pipeline.patterns import PatternError

Job = tuple[str, str, bytes]
"""A file's content: its key, its suffix in lower case, its bytes."""

_GRACE, _USUAL = 2.0, 0.1
"""Seconds beyond one file's limit, and for each file of a batch, after which a worker is taken to hang where no signal
reaches it, and is killed."""

MAX_MEMORY = 2 * 2**30
"""Bytes that a worker process may take; a file that wants more (a PDF of 50 KB can) is rejected, others go on."""

_START = 120.0
"""Seconds a worker may take to start."""

CRASHES = "It makes the program crash or run out of memory"
"""The reason for a file whose worker died over it."""


class WorkersFailed(Exception):
    """Nothing can be extracted: workers do not start, or a pattern is broken; the message is a sentence."""


class _TooSlow(BaseException):
    """Not an Exception: the code it interrupts must not take it for one of its own."""


def extract(batch: list[Job], max_seconds: float) -> pa.Buffer:
    """The batch as an Arrow IPC file of RECORDS, a row a file in the batch's order. Raises nothing for a bad file."""
    with _alarm():
        rows = [_row(*job, max_seconds) for job in batch]
    return tables.to_ipc(tables.to_arrow(rows))


def _row(key: str, suffix: str, data: bytes, max_seconds: float) -> dict:
    # Imported here: the process that only hands out work needs neither spaCy nor the readers.
    from pipeline import reading, stages
    from pipeline.structure import NotADecision

    try:
        with _limit(max_seconds):
            return tables.record(key, stages.read_decision(reading.read(data, suffix)))
    except (reading.Unreadable, NotADecision) as error:
        return _none(key, str(error))
    except _TooSlow:
        return _none(key, _slow(max_seconds), passing=True)
    except MemoryError:
        return _none(key, "There is not enough memory for it.", passing=True)
    except PatternError:
        raise  # not the file's fault: each would be rejected for it
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(at.filename).name}, line {at.lineno}"
        return _none(key, f"The program failed on it, please report this ({where}: {type(error).__name__}: {error}).")


def _none(key: str, reason: str, *, passing: bool = False) -> dict:
    reason = " ".join(reason.split())
    return {"key": key, "reason": f"{reason[:1].upper()}{reason[1:].rstrip('.')}.", "passing": passing}


def _slow(max_seconds: float) -> str:
    return f"It takes longer than the limit of {max_seconds:g} seconds (--max-seconds)"


@contextmanager
def _alarm():
    """In the block `_limit` can be used."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_):
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _limit(seconds: float):
    """Raises _TooSlow in the block after so many seconds."""
    if threading.current_thread() is not threading.main_thread():
        with _limit_in_thread(seconds):  # no signal reaches it
            yield
        return
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def _limit_in_thread(seconds: float):
    me, lock, over = threading.get_ident(), threading.Lock(), False

    def ring():
        with lock:
            if not over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(me), ctypes.py_object(_TooSlow))

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            over = True
        timer.cancel()


def extracted(batches: Iterable[list[Job]], max_seconds: float, workers: int) -> Generator[pa.Buffer, None, None]:
    """Each batch as `extract` gives it, in any order; by so many processes, with none in this one.

    max_seconds: what a file may take. In this process that reaches Python code alone, and a file that crashes it
    crashes the run; a worker process is replaced. Raises WorkersFailed. Close the generator to end all workers at once.
    """
    return _there(batches, max_seconds, workers) if workers else _here(batches, max_seconds)


def _here(batches: Iterable[list[Job]], max_seconds: float) -> Generator[pa.Buffer, None, None]:
    try:
        for n, batch in enumerate(batches):
            yield extract(batch, max_seconds)
            if not n:
                gc.freeze()  # the patterns, loaded by now: else the collector looks through them again and again
    except PatternError as error:
        raise WorkersFailed(str(error)) from None
    finally:
        gc.unfreeze()


class _Worker:
    """A process and what it was given: `batch` is null while it starts and empty while it waits.

    The first that it sends is empty, or why it cannot work.
    """

    def __init__(self, context, max_seconds: float):
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, max_seconds), daemon=True)
        self.process.start()
        theirs.close()  # else the end of the worker would not be the end of the pipe
        self.batch: list[Job] | None = None
        self.deadline = time.monotonic() + _START

    def give(self, batch: list[Job], max_seconds: float) -> None:
        self.batch = batch
        self.deadline = time.monotonic() + max_seconds + _GRACE + _USUAL * len(batch)
        with suppress(OSError):  # it has died; the closed pipe says so to whoever waits
            self.connection.send(batch)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


def _serve(connection: Connection, max_seconds: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the first process's to handle
    with suppress(ImportError, ValueError, OSError):  # where the system knows no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    from pipeline import stages

    try:
        stages.load()  # before the first batch, so that its clock does not count this
    except PatternError as error:
        connection.send_bytes(str(error).encode())
        return
    try:
        connection.send_bytes(b"")
        while True:
            connection.send_bytes(extract(connection.recv(), max_seconds))
    except (EOFError, OSError):
        pass  # the first process has gone


def _there(batches: Iterable[list[Job]], max_seconds: float, workers: int) -> Generator[pa.Buffer, None, None]:
    """A worker that dies, or does not answer within max_seconds and a grace, is replaced, and its batch given out again
    file by file: the one that kills again becomes a row with that reason.
    """
    source, crew = iter(batches), list[_Worker]()
    queue = deque(islice(source, 1))
    if not queue:
        return
    # Not forked from here: threads of Arrow's would be forked in mid-step. The server imports once for all workers.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload(["pipeline.workers", "pipeline.ready"])
    if context.get_start_method() == "forkserver":
        with _interrupts_held():
            forkserver.ensure_running()
    import pandas  # noqa: F401  Arrow would with the first value it is given; now, while the server loads, it is free

    try:
        while True:
            while len(queue) < workers and (batch := next(source, None)) is not None:
                queue.append(batch)
                if any(w.batch == [] for w in crew):
                    break  # somebody waits: prepare the rest later
            for worker in crew:
                if worker.batch == [] and queue:
                    worker.give(queue.popleft(), max_seconds)
            starting = sum(w.batch is None for w in crew)
            if len(crew) < workers and len(queue) > starting:
                with _interrupts_held():
                    crew.append(_Worker(context, max_seconds))
                continue
            if not queue and not any(w.batch for w in crew):
                return
            due = min(w.deadline for w in crew if w.batch != [])
            ready = wait([w.connection for w in crew], max(0.0, due - time.monotonic()))
            for worker in [w for w in crew if w.connection in ready]:
                try:
                    result = worker.connection.recv_bytes()
                except (EOFError, OSError):
                    yield from _lost(worker, crew, queue, CRASHES)
                    continue
                if worker.batch is None and result:
                    raise WorkersFailed(bytes(result).decode())
                worker.batch = []
                if result:
                    if queue:  # before the result is written away: nobody should wait for that
                        worker.give(queue.popleft(), max_seconds)
                    yield pa.py_buffer(result)
            for worker in [w for w in crew if w.batch != [] and time.monotonic() > w.deadline]:
                yield from _lost(worker, crew, queue, _slow(max_seconds))
    finally:
        for worker in crew:
            worker.end()


def _lost(worker: _Worker, crew: list[_Worker], queue: deque, reason: str) -> Iterator[pa.Buffer]:
    """Takes a worker out; its batch goes back file by file, a single file is given up with the reason."""
    worker.end()
    crew.remove(worker)
    if worker.batch is None:
        raise WorkersFailed("The worker processes do not start; try again with --workers 1.")
    if len(worker.batch) > 1:
        queue.extendleft([job] for job in reversed(worker.batch))
    elif worker.batch:
        yield tables.to_ipc(tables.to_arrow([_none(worker.batch[0][0], reason, passing=True)]))


@contextmanager
def _interrupts_held():
    """No SIGINT in the block, nor ever in processes started in it, where the system can mask signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
