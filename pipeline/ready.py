"""Imported by the process that workers are forked from: what they all need is loaded once, and its memory is shared."""

import gc

from pipeline.stages import load

load()
gc.collect()
gc.freeze()  # else each worker's garbage collector would write into the shared pages, and so copy them
