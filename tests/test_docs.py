"""The documentation says what the program does: generated parts are current, code in README runs, what is named exists.

`.venv/bin/python tests/test_docs.py` writes the generated parts anew: what stands between `<!-- begin: NAME -->` and
`<!-- end -->`, and behind each Python block of README the output that it prints.
"""

import contextlib
import io
import re
import sys
import tempfile
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pipeline import patterns, tables
from pipeline.cli import app

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
GENERATED = [page for page in PAGES if page.exists() and "<!-- begin:" in page.read_text("utf-8")]
SHARED = ROOT.parent / "shared" / "gold" / "LABELLING.md"


def _help(*command):
    shown = (
        CliRunner()
        .invoke(app, [*command, "--help"], prog_name="ombudsman", env={"COLUMNS": "80", "TERMINAL_WIDTH": "80"})
        .stdout
    )
    return f"```text\n{shown.strip()}\n```"


def _commands():
    names = typer.main.get_command(app).commands
    return "\n\n".join(f"## ombudsman {name}\n\n{_help(name)}" for name in names)


def _patterns():
    rows = {s: [p for p in patterns.every() if p.subject == s] for s in patterns.SUBJECTS}
    lines = ["| file | patterns | decides |", "|---|---|---|"]
    about = {
        "sections": "which part of a decision a heading opens; which lines are the website's",
        "heading": "body, reference, category, outcome label, date",
        "outcome": "the outcome where no label prints it; injustice",
        "findings": "fault, or none, as the Ombudsman's own finding",
        "actions": "what is to be done, by whom, for whom",
        "payments": "what each sum is, and what a payment is for",
        "deadlines": "by when",
        "context": "what the words around a value say of it",
    }
    lines += [f"| `patterns/{s}.toml` | {len(found)} | {about[s]} |" for s, found in rows.items()]
    return "\n".join(lines)


PARTS = {"help": _help, "commands": _commands, "tables": lambda: tables.to_markdown().strip(), "patterns": _patterns}
_PART = re.compile(r"(<!-- begin: (\w+) -->\n)(.*?)(<!-- end -->)", re.S)
_CODE = re.compile(r"(```python\n(.*?)```\n\n<!-- output -->\n```text\n)(.*?)(```\n<!-- end -->)", re.S)


def current(text: str, processed: Path) -> str:
    """A page with its generated parts as they should be. processed: the tables of data/raw."""
    names: dict = {}

    def run(found):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(found[2].replace("data/processed", processed.as_posix()), names)
        return found[1] + "\n".join(line.rstrip() for line in printed.getvalue().splitlines()) + "\n" + found[4]

    return _CODE.sub(run, _PART.sub(lambda found: f"{found[1]}{PARTS[found[2]]()}\n{found[4]}", text))


@pytest.mark.parametrize("page", GENERATED, ids=lambda p: p.name)
def test_generated_parts_are_current(page, extracted):
    """If this fails: `.venv/bin/python tests/test_docs.py`, and read the difference."""
    text = page.read_text("utf-8")
    assert text == current(text, extracted("raw")[1])


def test_every_command_is_documented():
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert re.findall(r"^## ombudsman (\S+)$", text, re.M) == list(typer.main.get_command(app).commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_what_is_named_exists(page):
    text = page.read_text("utf-8")
    missing = [
        name
        for name in re.findall(r"`((?:pipeline|patterns|tests|docs|data/raw)/[\w./*-]*)`", text)
        if not (list(ROOT.glob(name)) if "*" in name else (ROOT / name).exists())
    ]
    missing += [link for link in re.findall(r"\]\((?!http)([^)#]+)", text) if not (page.parent / link).exists()]
    ids = {p.id for p in patterns.every()} | {"payment.payable", "action.unclassified"}
    subjects = "|".join(sorted({i.split(".")[0] for i in ids}))
    missing += [i for i in re.findall(rf"`((?:{subjects})\.[\w-]+)`", text) if i not in ids and not i.endswith(".toml")]
    assert missing == []


def test_make_targets_that_are_named_exist():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = {t for page in PAGES for t in re.findall(r"(?:^|`)make ([a-z-]+)", page.read_text("utf-8"), re.M)}
    assert named and [t for t in sorted(named) if not re.search(rf"^{t}:", makefile, re.M)] == []


def test_the_rules_of_labelling_are_those_that_the_labels_follow():
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not there to compare with")
    rules = SHARED.read_text("utf-8")
    rules = rules[rules.index("## Header") :].strip()
    assert rules in (ROOT / "docs" / "labelling.md").read_text("utf-8")


if __name__ == "__main__":
    from pipeline.run import run as extract

    with tempfile.TemporaryDirectory() as out:
        extract(ROOT / "data" / "raw", Path(out), worker_count=1)
        for page in GENERATED:
            page.write_text(current(page.read_text("utf-8"), Path(out)), "utf-8")
            print(f"{page.relative_to(ROOT)} written", file=sys.stderr)
