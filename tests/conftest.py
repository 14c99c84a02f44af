"""What several test files share: the tables of each corpus, made once a session."""

import importlib.util
import os
import signal
import time
from pathlib import Path

import made_up
import pytest

from pipeline import load
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


@pytest.fixture(scope="module")
def out(extracted):
    """The folder of the tables of data/raw."""
    return extracted("raw")[1]


@pytest.fixture(scope="module")
def tables(out):
    """The tables of data/raw, loaded."""
    return load(out)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """The folder of the tables of a decision full of HTML; beside it a rejected file whose name is HTML too."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "corpus").mkdir()
    text = made_up.website().replace(made_up.SUMMARY, f"{made_up.SUMMARY} {made_up.HOSTILE}")
    (folder / "corpus" / "a.txt").write_text(text.replace("£350", f"£350 {made_up.HOSTILE}"), "utf-8")
    (folder / "corpus" / "<script>b.txt").write_text("not a decision", "utf-8")
    run(folder / "corpus", folder / "out", worker_count=1)
    return folder / "out"


@pytest.fixture
def press_ctrl_c():
    """A function: presses Ctrl-C on a process group, which must end within two seconds, with one line and 130."""

    def press(process):
        pressed = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
        _, errors = process.communicate(timeout=10)
        assert time.monotonic() - pressed < 2
        assert process.returncode == 130
        assert errors.startswith("Interrupted; ") and errors.count("\n") == 1

    # Tests that run as a job in the background ignore the signal, and so would a process that they start.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield press
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def shared_program():
    """A function: name of a program beside the shared labels -> its module. Skips the test where it is not there."""

    def get(name):
        path = CORPORA["shared"] / f"{name}.py"
        if not path.exists():
            pytest.skip(f"{path} is not there, so there is nothing to compare with")
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return get
