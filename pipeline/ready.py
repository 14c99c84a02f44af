"""Imported by the process that workers are forked from: what they all need is loaded once, and its memory is shared."""

import gc
from contextlib import suppress

import pandas  # noqa: F401  Arrow imports it with the first value that it is given

from pipeline.compiled import keep
from pipeline.patterns import PatternError
from pipeline.stages import load

with suppress(PatternError):  # each worker says so
    load()
keep()
gc.collect()
gc.freeze()  # else each worker's garbage collector would write into the shared pages, and so copy them
