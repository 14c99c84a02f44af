"""Coverage-guided fuzzing of what becomes of one file: `make fuzz SECONDS=60`. Needs the extra `fuzz` (Linux, macOS).

A file that breaks something is written to fuzz/found/ and the run ends; keep it there, tests/test_hostile.py tries all.
"""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

with atheris.instrument_imports(include=["pipeline"]):
    import pipeline.reading.html
    import pipeline.reading.pdf
    import pipeline.reading.text
    import pipeline.stages  # noqa: F401

import hostile


def one(data: bytes) -> None:
    hostile.check(data, hostile.suffix_of(data))


atheris.Setup(sys.argv, one)
atheris.Fuzz()
