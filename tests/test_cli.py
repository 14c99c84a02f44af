"""The command as a user meets it: help, exit codes, one-sentence errors, what is printed where."""

import os
import pty
import re
import subprocess
import sys
import termios

import pytest
from test_run import command, decision, extract, fill, wait_for

from pipeline import corpus as files_of


def ombudsman(*args, **keywords):
    line = command("", "", **keywords)
    return subprocess.run(**(line | {"args": [sys.executable, "-m", "pipeline.cli", *map(str, args)]}), timeout=60)


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    fill(folder, 3)
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def test_version():
    result = ombudsman("--version")
    assert result.returncode == 0 and re.fullmatch(r"ombudsman \d+\.\d+\.\d+\n", result.stdout)


def test_help_names_every_option():
    assert "extract" in ombudsman("--help").stdout and "patterns" in ombudsman("--help").stdout
    shown = ombudsman("extract", "--help").stdout
    for option in ("out", "workers", "quiet", "verbose", "strict", "fresh", "max-bytes", "max-seconds"):
        assert f"--{option}" in shown
    assert str(files_of.MAX_BYTES) in shown and str(files_of.MAX_SECONDS) in shown


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["extract"],
        ["extract", "somewhere"],
        ["nonsense"],
        ["extract", "a", "--out", "b", "--workers", "0"],
        ["extract", "a", "--out", "b", "--workers", "many"],
        ["extract", "a", "--out", "b", "--quiet", "--verbose"],
        ["extract", "a", "--out", "b", "--no-such-option"],
    ],
)
def test_wrong_use(args):
    result = ombudsman(*args)
    assert result.returncode == 2 and "Traceback" not in result.stderr


def test_summary(corpus, out):
    (corpus / "again.txt").write_text(decision(2))
    (corpus / "bad\x1b[2J.txt").write_bytes(b"")
    (corpus / "notes.doc").write_bytes(b"")
    result = extract(corpus, out, workers=1)
    assert result.returncode == 0 and result.stderr == ""
    assert re.fullmatch(
        r"3 decisions \(4 files read anew\)\n1 duplicate\n1 rejected\n  bad\\x1b\[2J\.txt: It is empty\.\n1 ignored\n"
        r"3 fault findings, 6 remedies, 3 procedural improvements\n"
        rf"Tables in {re.escape(str(out))}, in \d+\.\d s\n",
        result.stdout,
    )


def test_first_reasons_only_unless_verbose(corpus, out):
    for n in range(8):
        (corpus / f"bad{n}.txt").write_bytes(b"")
    shown = extract(corpus, out, workers=1).stdout
    assert shown.count("It is empty.") == 5 and "the rest are in files.parquet" in shown
    assert extract(corpus, out, "--verbose", workers=1).stdout.count("It is empty.") == 8


def test_quiet(corpus, out):
    result = extract(corpus, out, "--quiet", workers=1)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_strict(corpus, out):
    assert extract(corpus, out, "--strict", workers=1).returncode == 0
    (corpus / "bad.txt").write_bytes(b"")
    result = extract(corpus, out, "--strict", workers=1)
    assert result.returncode == 1
    assert result.stderr == f"Error: 1 file rejected (--strict); {out}/files.parquet says why.\n"
    assert (out / "files.parquet").exists()


def test_fresh(corpus, out):
    extract(corpus, out, workers=1)
    assert "(0 files read anew)" in extract(corpus, out, workers=1).stdout
    assert "(3 files read anew)" in extract(corpus, out, "--fresh", workers=1).stdout


def test_one_sentence_errors(corpus, out, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    for line, words in [
        ((tmp_path / "gone", out), "gone cannot be read: there is no such folder"),
        ((tmp_path / "empty", out), "empty is empty"),
        ((tmp_path / "file", out), "file is a file"),
        ((corpus, corpus), "is the corpus folder itself"),
        ((corpus, tmp_path / "file"), "file cannot be written"),
        ((corpus, tmp_path / "file" / "below"), "below cannot be written"),
        ((corpus, "/proc/tables"), "/proc/tables cannot be written"),
    ]:
        result = extract(*line, workers=1)
        assert result.returncode == 1 and result.stdout == "", words
        assert re.fullmatch(r"Error: [^\n]+\.\n", result.stderr) and words in result.stderr


def test_progress_on_a_terminal_only(corpus, out):
    main, other = pty.openpty()
    termios.tcsetwinsize(other, (24, 80))
    line = command(corpus, out, workers=1, SLOW="0.2")
    assert subprocess.run(**(line | {"stderr": other}), timeout=30).returncode == 0
    os.set_blocking(main, False)
    shown = os.read(main, 10_000)
    os.close(main)
    os.close(other)
    assert b"0/3" in shown and b"file" in shown


def test_works_from_any_folder(corpus, out, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    line = command("../corpus", "../out", workers=2) | {"cwd": elsewhere}
    assert subprocess.run(**line, timeout=60).returncode == 0
    wait_for((out / "decisions.parquet").exists)


def test_patterns_lists_every_pattern(capsys):
    from pipeline import cli, patterns

    cli.patterns(check=False)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [p.id for p in patterns.every()]


def test_patterns_check_names_each_failing_example(monkeypatch, capsys):
    import typer

    from pipeline import cli

    monkeypatch.setattr("pipeline.language.check", lambda: ["x.y must match 'z' and does not."])
    with pytest.raises(typer.Exit) as stopped:
        cli.patterns(check=True)
    assert stopped.value.exit_code == 1 and capsys.readouterr().err == "x.y must match 'z' and does not.\n"
