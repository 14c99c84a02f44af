"""Imported by the process that workers are forked from: what they all need is loaded once, and its memory is shared."""

import gc

import pandas  # noqa: F401  Arrow imports it with the first value that it is given

from pipeline.compiled import keep
from pipeline.stages import load

load()
keep()
gc.collect()
gc.freeze()  # else each worker's garbage collector would write into the shared pages, and so copy them
