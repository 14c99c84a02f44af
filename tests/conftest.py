"""What several test files share: the tables of each corpus, made once a session."""

from pathlib import Path

import pytest

from pipeline.run import run

ROOT = Path(__file__).parent.parent
CORPORA = {"raw": ROOT / "data" / "raw", "gold": ROOT / "tests" / "gold", "shared": ROOT.parent / "shared" / "gold"}


@pytest.fixture(scope="session")
def extracted(tmp_path_factory):
    """A function: name of a corpus -> (its folder, the folder of its tables). Skips the test where there is no such corpus."""
    done = {}

    def get(name):
        corpus = CORPORA[name]
        if not corpus.is_dir():
            pytest.skip(f"{corpus} is not there: those labelled decisions stand outside the project")
        if name not in done:
            done[name] = tmp_path_factory.mktemp(name)
            run(corpus, done[name], worker_count=1)
        return corpus, done[name]

    return get
