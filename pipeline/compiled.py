"""Expressions as an earlier process compiled them: that takes longer than reading ten decisions.

They are kept in the user's cache folder, and made anew for another Python, another `regex` or other code that reads
expressions. Where nothing can be written there, each process compiles its own.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path

import platformdirs
import regex

from pipeline import expressions
from pipeline.expressions import Expression

_MOST = 1_000  # expressions that are kept; with more, patterns have changed often, and the old ones go
_VERSIONS = 4  # files that are kept: one for each Python that is in use

_Asked = tuple[tuple[str, ...], int]

_made: dict[_Asked, Expression] = {}


def compiled(*expressions: str, flags: int = 0) -> Expression:
    """An expression, or several as alternatives, compiled now or before. Raises regex.error."""
    asked = expressions, int(flags)
    if asked not in _made:
        known = _kept().get(asked)
        if known is None:
            known = Expression(*expressions, flags=flags)
        _made[asked] = known
    return _made[asked]


@functools.cache
def _kept() -> dict[_Asked, Expression]:
    try:
        with open(_file(), "rb") as file:
            return pickle.load(file)
    except Exception:  # none yet, or damaged: they are compiled
        return {}


@functools.cache
def _file() -> Path:
    code = Path(expressions.__file__).read_bytes()
    digest = hashlib.sha256(f"{sys.version} {regex.__version__} ".encode() + code).hexdigest()
    return platformdirs.user_cache_path("ombudsman-decisions") / f"expressions-{digest[:16]}.pickle"


@atexit.register
def keep() -> None:
    """Keeps what was compiled in this process for the next one."""
    if all(asked in _kept() for asked in _made):
        return
    every = _kept() | _made
    with suppress(OSError):
        file = _file()
        file.parent.mkdir(parents=True, exist_ok=True)
        mine = file.with_suffix(f".{os.getpid()}")
        mine.write_bytes(pickle.dumps(every if len(every) <= _MOST else _made))
        os.replace(mine, file)
        for old in sorted(file.parent.glob("expressions-*.pickle"), key=lambda p: p.stat().st_mtime)[:-_VERSIONS]:
            old.unlink()
