"""Decisions of the Local Government and Social Care Ombudsman: `extract` one, `load` the tables of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import extract as extract
    from pipeline.api import load as load

__all__ = ["extract", "load"]


def __getattr__(name: str) -> Any:
    # pandas and spaCy are imported when one of the two is asked for: the command line and workers start without.
    if name in __all__:
        from pipeline import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
