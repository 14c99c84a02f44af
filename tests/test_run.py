"""A corpus run, with a stand-in for the stages (tests/fixtures/run): files, identity, order, reuse, interruption."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest

from pipeline import corpus as files_of
from pipeline import tables
from pipeline.run import RunError, _few, _Reading, find, run

STAND_IN = Path(__file__).parent / "fixtures" / "run"


@pytest.fixture
def stages(monkeypatch):
    """The stand-in, for runs in this process."""
    monkeypatch.syspath_prepend(STAND_IN)
    import stand_in

    monkeypatch.setattr("pipeline.stages.read_decision", stand_in.read_decision, raising=False)


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def command(corpus, out, *options, workers=2, **environment):
    """The arguments of a run in a process of its own."""
    path = os.pathsep.join([str(STAND_IN), str(Path(__file__).parent.parent)])
    line = [sys.executable, "-m", "pipeline.cli", "extract", str(corpus), "--out", str(out), "--workers", str(workers)]
    return {
        "args": [*line, *options],
        "env": os.environ | {"PYTHONPATH": path} | environment,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "text": True,
        "start_new_session": True,
    }


def extract(corpus, out, *options, **keywords):
    return subprocess.run(**command(corpus, out, *options, **keywords), timeout=60)


def decision(n, words="It was late."):
    return f"Kent County Council (24 {n // 1000:03d} {n % 1000:03d})\n{words}\n"


def fill(corpus, count):
    for n in range(count):
        (corpus / f"{n:04d}.txt").write_text(decision(n))


def read(out):
    """All tables as rows, and the ids of the runs they are from."""
    read = {name: pq.read_table(out / f"{name}.parquet") for name in tables.TABLES}
    return {n: t.to_pylist() for n, t in read.items()}, {t.schema.metadata[b"run_id"] for t in read.values()}


def files(out):
    return {row["path"]: row for row in read(out)[0]["files"]}


# --- what becomes of a file ---------------------------------------------------------------------------------------


def test_statuses_and_reasons(stages, corpus, out):
    (corpus / "a").mkdir()
    (corpus / "a" / "one.TXT").write_text(decision(1))
    (corpus / "nothing.txt").write_bytes(b"")
    (corpus / "scan.txt").write_bytes(b"\x00\x01\x02")
    (corpus / "news.txt").write_text("\n")
    (corpus / "notes.docx").write_bytes(b"PK")
    (corpus / ".hidden.txt").write_text(decision(2))
    (corpus / "broken.txt").write_text(decision(3, "BREAK"))
    (corpus / "unknown.txt").write_text(decision(4, "UNKNOWN"))
    report = run(corpus, out, worker_count=1)
    found = files(out)
    assert {path: row["status"] for path, row in found.items()} == {
        "a/one.TXT": "extracted",
        "nothing.txt": "rejected",
        "scan.txt": "rejected",
        "news.txt": "rejected",
        "notes.docx": "ignored",
        ".hidden.txt": "ignored",
        "broken.txt": "rejected",
        "unknown.txt": "rejected",
    }
    assert report.files == {"extracted": 1, "rejected": 5, "ignored": 2}
    for row in found.values():
        assert (row["reason"] is None) == (row["status"] == "extracted")
        assert row["reason"] is None or (row["reason"][0].isupper() and row["reason"].endswith(".")), row
    assert found["a/one.TXT"]["decision_id"] == "24-000-001" and found["a/one.TXT"]["bytes"] == len(decision(1))
    assert "stand_in.py, line" in found["broken.txt"]["reason"] and "KeyError" in found["broken.txt"]["reason"]
    assert "no such kind" in found["unknown.txt"]["reason"]
    assert read(out)[0]["decisions"][0]["source_path"] == "a/one.TXT"


def test_hostile_names_and_kinds(stages, corpus, out):
    names = [b"new\nline.txt", b"quote'\".txt", b"\xff\xfe.txt", "é\u202e.txt".encode(), b"x" * 246 + b".txt"]
    for n, name in enumerate(names):
        Path(os.fsdecode(os.path.join(os.fsencode(corpus), name))).write_text(decision(n))
    (corpus / "folder.txt").mkdir()
    (corpus / "folder.txt" / "in.txt").write_text(decision(99))
    os.mkfifo(corpus / "pipe.txt")
    (corpus / "nowhere.txt").symlink_to("gone")
    (corpus / "loop.txt").symlink_to("loop.txt")
    (corpus / "up").symlink_to(corpus)
    (corpus / "good.txt").symlink_to("folder.txt/in.txt")
    run(corpus, out, worker_count=1)
    found = files(out)
    assert {p for p, row in found.items() if row["status"] == "extracted"} == {
        "new\nline.txt",
        "quote'\".txt",
        "\\xff\\xfe.txt",
        "é\u202e.txt",
        "x" * 246 + ".txt",
        "folder.txt/in.txt",
    }
    assert found["good.txt"]["status"] == "duplicate" and found["good.txt"]["decision_id"] == "24-000-099"
    assert found["folder.txt"]["status"] == found["up"]["status"] == "ignored"
    for name, word in {"pipe.txt": "pipe", "nowhere.txt": "link to nothing", "loop.txt": "back to itself"}.items():
        assert found[name]["status"] == "rejected" and word in found[name]["reason"]
    assert len(found) == 12


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_without_permission(stages, corpus, out):
    (corpus / "a.txt").write_text(decision(1))
    (corpus / "b.txt").write_text(decision(2))
    (corpus / "c").mkdir()
    (corpus / "b.txt").chmod(0)
    (corpus / "c").chmod(0)
    try:
        run(corpus, out, worker_count=1)
    finally:
        (corpus / "c").chmod(0o700)
    found = files(out)
    assert found["b.txt"]["status"] == found["c"]["status"] == "rejected"
    assert "no permission" in found["b.txt"]["reason"]


def test_output_inside_the_corpus_is_not_read(stages, corpus):
    (corpus / "a.txt").write_text(decision(1))
    for _ in range(2):
        run(corpus, corpus / "tables", worker_count=1)
    assert list(files(corpus / "tables")) == ["a.txt"]


def test_limits(stages, corpus, out):
    (corpus / "large.txt").write_text(decision(1) + "x" * 1000)
    (corpus / "slow.txt").write_text(decision(2, "HANG"))
    (corpus / "good.txt").write_text(decision(3))
    run(corpus, out, worker_count=1, max_bytes=1000, max_seconds=0.2)
    found = files(out)
    assert "--max-bytes" in found["large.txt"]["reason"] and found["large.txt"]["bytes"] > 1000
    assert "--max-seconds" in found["slow.txt"]["reason"]
    assert found["good.txt"]["status"] == "extracted"


# --- identity -----------------------------------------------------------------------------------------------------


def test_duplicates_repeat_the_first_in_path_order(stages, corpus, out):
    (corpus / "b.txt").write_text(decision(1))
    (corpus / "a.txt").write_bytes(decision(1).replace("\n", "\r\n").encode())
    (corpus / "c.txt").write_text(decision(1, "It  was\nlate."))  # the same words in another layout
    run(corpus, out, worker_count=1)
    found = files(out)
    assert [found[f"{n}.txt"]["status"] for n in "abc"] == ["extracted", "duplicate", "duplicate"]
    assert {row["decision_id"] for row in found.values()} == {"24-000-001"}
    assert "a.txt" in found["c.txt"]["reason"]


def test_one_reference_for_two_texts(stages, corpus, out):
    (corpus / "a.txt").write_text(decision(1))
    (corpus / "b.txt").write_text(decision(1, "Something else."))
    (corpus / "c.txt").write_text(decision(1, "Something\nelse."))
    run(corpus, out, worker_count=1)
    found, rows = files(out), read(out)[0]["decisions"]
    assert [row["decision_id"] for row in rows] == ["24-000-001", f"sha256-{rows[1]['text_sha256'][:16]}"]
    assert all(row["warnings"] == ["reference_shared"] for row in rows)
    assert found["b.txt"]["decision_id"] == found["c.txt"]["decision_id"] == rows[1]["decision_id"]
    assert found["c.txt"]["status"] == "duplicate"


def test_tables_are_sorted(stages, corpus, out):
    for n in (5, 3, 9, 1):
        (corpus / f"{10 - n}.txt").write_text(decision(n))
    run(corpus, out, worker_count=1)
    found, _ = read(out)
    for name in ("decisions", "texts"):
        assert [row["decision_id"] for row in found[name]] == [f"24-000-00{n}" for n in (1, 3, 5, 9)]
    keys = [(row["decision_id"], row["remedy_no"]) for row in found["remedies"]]
    assert keys == sorted(keys) and len(keys) == 8


def test_any_number_of_workers_and_row_groups_gives_the_same(stages, corpus, out, tmp_path, monkeypatch):
    names = [f"{n:03d}.txt" for n in range(90)]
    random.Random(1).shuffle(names)  # the order they stand in on the disk
    for name in names:
        (corpus / name).write_text(decision(int(name[:3]) % 80))
    run(corpus, out, worker_count=1)
    for workers in (2, 3):
        assert extract(corpus, tmp_path / str(workers), workers=workers).returncode == 0
        assert read(tmp_path / str(workers))[0] == read(out)[0]
    monkeypatch.setattr("pipeline.run._GROUP_DECISIONS", 7)
    run(corpus, tmp_path / "groups", worker_count=1)
    assert read(tmp_path / "groups")[0] == read(out)[0]
    assert pq.ParquetFile(tmp_path / "groups" / "texts.parquet").num_row_groups == 12


# --- reuse --------------------------------------------------------------------------------------------------------


def test_only_what_changed_is_extracted_again(stages, corpus, out, tmp_path):
    fill(corpus, 30)
    assert run(corpus, out, worker_count=1).extracted == 30
    assert run(corpus, out, worker_count=1).extracted == 0
    (corpus / "0003.txt").write_text(decision(3, "It was early."))
    (corpus / "0004.txt").unlink()
    (corpus / "0005.txt").rename(corpus / "0999.txt")
    (corpus / "1000.txt").write_text(decision(1000))
    assert run(corpus, out, worker_count=1).extracted == 2
    run(corpus, tmp_path / "fresh", worker_count=1)
    assert read(out)[0] == read(tmp_path / "fresh")[0]
    assert run(corpus, out, worker_count=1, fresh=True).extracted == 30
    assert read(out)[0] == read(tmp_path / "fresh")[0]


@pytest.mark.parametrize(
    ("batches", "expected"),
    [
        ([], False),
        ([[("a", ".txt", b"x")] * 10], True),
        ([[("a", ".txt", b"x")] * 10 + [("b", ".pdf", b"x")]], False),
        ([[("a", ".txt", b"x")] * 17], False),
        ([[("a", ".html", b"x" * 600_000)]], False),
        ([[("a", ".txt", b"x")], [("b", ".txt", b"x")]], False),
    ],
)
def test_few_small_files_need_no_worker(batches, expected):
    again, few = _few(iter(batches))
    assert few == expected and list(again) == batches


def test_batches_get_small_towards_the_end_but_few_new_files_are_one(corpus):
    fill(corpus, 400)
    files = find(corpus, corpus / "out")
    fresh = _Reading(files, SimpleNamespace(contents={}), 1000, lambda *_: None)
    sizes = [len(batch) for batch in fresh.batches(2)]
    assert sum(sizes) == 400 and sizes == sorted(sizes, reverse=True) and sizes[0] > 40 and max(sizes[-4:]) == 8
    known = dict.fromkeys(fresh.keys[:-16])
    again = _Reading(files, SimpleNamespace(contents=known), 1000, lambda *_: None)
    assert [len(batch) for batch in again.batches(2)] == [16]


def test_a_file_that_has_more_than_it_says_is_read_whole(corpus, monkeypatch):
    (corpus / "a.txt").write_bytes(b"x" * 3000)
    [file] = find(corpus, corpus / "out")
    real = os.fstat
    monkeypatch.setattr("os.fstat", lambda handle: os.stat_result([*real(handle)[:6], 1000, *real(handle)[7:]]))
    assert files_of.read(file, 3000) == b"x" * 3000
    with pytest.raises(files_of.Refused, match="larger than the limit of 2,999 bytes"):
        files_of.read(file, 2999)


def test_another_program_extracts_all_again(stages, corpus, out, monkeypatch):
    fill(corpus, 3)
    run(corpus, out, worker_count=1)
    monkeypatch.setattr("pipeline.run.engine", lambda: "another")
    assert run(corpus, out, worker_count=1).extracted == 3
    assert [p.name for p in (out / ".ombudsman" / "parts").iterdir()] == ["another"]


def test_small_parts_are_put_together_and_dead_rows_dropped(stages, corpus, out):
    for n in range(6):
        fill(corpus, n + 1)
        run(corpus, out, worker_count=1)
    (corpus / "0000.txt").unlink()
    assert run(corpus, out, worker_count=1).extracted == 0
    parts = list((out / ".ombudsman" / "parts").glob("*/*.arrow"))
    assert len(parts) <= 2
    assert run(corpus, out, worker_count=1).extracted == 0


def test_a_damaged_part_is_extracted_again(stages, corpus, out):
    fill(corpus, 3)
    run(corpus, out, worker_count=1)
    for part in (out / ".ombudsman" / "parts").glob("*/*.arrow"):
        part.write_bytes(part.read_bytes()[:-100])
    assert run(corpus, out, worker_count=1).extracted == 3


def test_what_a_limit_stopped_is_tried_again(stages, corpus, out, monkeypatch):
    fill(corpus, 1)
    monkeypatch.setenv("SLOW", "0.3")
    run(corpus, out, worker_count=1, max_seconds=0.1)
    assert files(out)["0000.txt"]["status"] == "rejected"
    run(corpus, out, worker_count=1)
    assert files(out)["0000.txt"]["status"] == "extracted"


# --- the output folder --------------------------------------------------------------------------------------------


def test_a_file_of_somebody_else_is_not_overwritten(stages, corpus, out):
    fill(corpus, 1)
    out.mkdir()
    (out / "texts.parquet").write_text("mine")
    with pytest.raises(RunError, match=r"texts\.parquet is there already"):
        run(corpus, out, worker_count=1)
    assert (out / "texts.parquet").read_text() == "mine"


def test_a_copy_that_followed_the_links_goes_on(stages, corpus, out, tmp_path):
    fill(corpus, 2)
    run(corpus, out, worker_count=1)
    shutil.copytree(out, tmp_path / "copy")
    assert run(corpus, tmp_path / "copy", worker_count=1).extracted == 0
    assert read(tmp_path / "copy")[0] == read(out)[0] and len(read(tmp_path / "copy")[1]) == 1


def test_a_failing_run_leaves_the_tables_as_they_were(stages, corpus, out, monkeypatch):
    fill(corpus, 3)
    run(corpus, out, worker_count=1)
    before = read(out)
    fill(corpus, 5)
    monkeypatch.setattr("pipeline.tables.Writer.add_files", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(RunError, match="the disk is full"):
        run(corpus, out, worker_count=1)
    assert read(out) == before
    assert not list((out / ".ombudsman" / "sets").glob("*.new"))


def test_file_size_limit_of_the_system(corpus, out):
    """As near to a full disk as a test can come: writes fail in the middle."""
    import resource

    fill(corpus, 50)
    assert extract(corpus, out).returncode == 0
    before = read(out)
    (corpus / "9999.txt").write_text(decision(9999, "x" * 200_000))
    line = command(corpus, out) | {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))}
    found = subprocess.run(**line, timeout=60)
    assert found.returncode == 1 and found.stderr.count("\n") == 1 and "cannot be written" in found.stderr
    assert read(out) == before


def test_two_runs_at_once(corpus, out):
    fill(corpus, 40)
    first = subprocess.Popen(**command(corpus, out, SLOW="0.1"))
    try:
        wait_for(lambda: list(out.glob(".ombudsman/parts/*/*.arrow")))
        second = extract(corpus, out)
        assert second.returncode == 1
        assert second.stderr.startswith(f"Error: Another run is writing into {out}; ")
        first.communicate(timeout=30)
        assert first.returncode == 0
    finally:
        kill(first)
    assert len(read(out)[0]["decisions"]) == 40


# --- interruption -------------------------------------------------------------------------------------------------


def wait_for(condition, seconds=20):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.01)


def kill(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def group_is_gone(process):
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_killed_at_thirty_moments(corpus, out, tmp_path):
    """Each run has other texts to read and is killed somewhere between its start and its end."""
    count, moment, ended = 12, random.Random(4), 0
    fill(corpus, count)
    started = time.monotonic()
    assert extract(corpus, out, SLOW="0.02").returncode == 0
    whole = time.monotonic() - started
    for turn in range(30):
        for n in range(count):
            (corpus / f"{n:04d}.txt").write_text(decision(n, f"It was turn {turn}."))
        process = subprocess.Popen(**command(corpus, out, SLOW="0.02"))
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moment.uniform(0.1, 1.1) * whole)
            ended += 1
        process.kill()
        process.communicate()
        now, runs = read(out)
        assert len(runs) == 1 and len(now["decisions"]) == len(now["files"]) == count
        assert len({row["text"].partition("\n")[2] for row in now["texts"]}) == 1, "tables of two runs"
        kill(process)  # the workers too: that they end by themselves takes time, and is another test's
    assert ended < 30
    result = extract(corpus, out)
    assert result.returncode == 0
    assert extract(corpus, tmp_path / "fresh").returncode == 0
    assert read(out)[0] == read(tmp_path / "fresh")[0]


def test_a_killed_run_is_gone_on_with(corpus, out):
    fill(corpus, 60)
    process = subprocess.Popen(**command(corpus, out, SLOW="0.03"))
    wait_for(lambda: len(list(out.glob(".ombudsman/parts/*/*.arrow"))) > 2)
    process.kill()
    process.communicate()
    wait_for(lambda: group_is_gone(process))
    result = extract(corpus, out)
    assert result.returncode == 0 and "60 decisions" in result.stdout and "(60 files" not in result.stdout


def test_tables_change_under_a_reader_all_at_once(stages, corpus, out):
    """Who opens the set that `current` names, once, reads one run, however often it changes."""
    fill(corpus, 5)
    run(corpus, out, worker_count=1)
    held = (out / ".ombudsman" / "current").resolve()
    run(corpus, out, worker_count=1)
    assert len({pq.read_schema(held / f"{name}.parquet").metadata[b"run_id"] for name in tables.TABLES}) == 1
    assert all((out / f"{name}.parquet").resolve().parent != held for name in tables.TABLES)


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c(corpus, out, workers, press_ctrl_c):
    fill(corpus, 60)
    process = subprocess.Popen(**command(corpus, out, workers=workers, SLOW="0.1"))
    try:
        wait_for(lambda: list(out.glob(".ombudsman/parts/*/*.arrow")))
        press_ctrl_c(process)
        wait_for(lambda: group_is_gone(process), 2)
    finally:
        kill(process)
    result = extract(corpus, out)
    assert result.returncode == 0 and "60 decisions" in result.stdout and "(60 files" not in result.stdout


def test_a_file_that_kills_its_worker_is_rejected_and_no_other(corpus, out):
    fill(corpus, 30)
    (corpus / "0013.txt").write_text(decision(13, "KILL"))
    (corpus / "0014.txt").write_text(decision(14, "KILL too"))
    assert extract(corpus, out).returncode == 0
    found = files(out)
    assert [path for path, row in found.items() if row["status"] == "rejected"] == ["0013.txt", "0014.txt"]
    assert "crash" in found["0013.txt"]["reason"]
    assert len(read(out)[0]["decisions"]) == 28


def test_a_file_that_kills_the_only_process_is_rejected_by_the_next_run(corpus, out):
    fill(corpus, 5)
    (corpus / "0003.txt").write_text(decision(3, "KILL"))
    assert extract(corpus, out, workers=1).returncode == -signal.SIGKILL
    for _ in range(2):  # it is tried again by each run
        assert extract(corpus, out, workers=1).returncode == 0
        assert [path for path, row in files(out).items() if row["status"] == "rejected"] == ["0003.txt"]
    (corpus / "0003.txt").unlink()
    for _ in range(2):
        assert extract(corpus, out, workers=1).returncode == 0
    assert len(read(out)[0]["decisions"]) == 4


def test_few_new_files_beside_one_that_kills(corpus, out):
    fill(corpus, 20)
    (corpus / "0013.txt").write_text(decision(13, "KILL"))
    assert extract(corpus, out).returncode == 0
    (corpus / "0021.txt").write_text(decision(21))
    assert extract(corpus, out).returncode == 0
    assert [path for path, row in files(out).items() if row["status"] == "rejected"] == ["0013.txt"]
    assert len(read(out)[0]["decisions"]) == 20


def test_a_file_that_no_signal_reaches_is_rejected(corpus, out):
    fill(corpus, 10)
    (corpus / "0005.txt").write_text(decision(5, "FREEZE"))
    assert extract(corpus, out, "--max-seconds", "0.5").returncode == 0
    found = files(out)
    assert "--max-seconds" in found["0005.txt"]["reason"]
    assert sum(row["status"] == "extracted" for row in found.values()) == 9


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize(
    ("subject", "broken", "said"),
    [
        ("actions", 'tokens = ["@nosuch class"]', "has no class 'nosuch'"),
        ("payments", "regex = ['''(unclosed''']", "the expression cannot be read"),
    ],
)
def test_a_broken_pattern_stops_the_run_with_one_sentence(corpus, tmp_path, subject, broken, said, workers):
    program = tmp_path / "program"
    for package in ("pipeline", "patterns"):
        source = Path(__file__).parents[1] / package
        shutil.copytree(source, program / package, ignore=shutil.ignore_patterns("__pycache__"))
    entry = (
        f'\n[[pattern]]\nid = "{subject}.broken"\nnote = "n"\nsays = "action"\n{broken}\nmatch = ["m"]\nno_match = []\n'
    )
    with open(program / "patterns" / f"{subject}.toml", "a", encoding="utf-8") as file:
        file.write(entry)
    for path in (Path(__file__).parents[1] / "data" / "raw" / "website").glob("*.txt"):
        shutil.copy(path, corpus)
    command = [sys.executable, "-m", "pipeline.cli", "extract", str(corpus), "--out", str(tmp_path / "out")]
    ended = subprocess.run([*command, "--workers", workers], cwd=program, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 1 and not list((tmp_path / "out").glob("*.parquet")), ended.stderr
    errors = ended.stderr.strip().splitlines()
    assert len(errors) == 1 and f"{subject}.broken" in errors[0] and said in errors[0], ended.stderr
