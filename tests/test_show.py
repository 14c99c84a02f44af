"""`ombudsman show`: the record, the text with its marks, paragraph numbers; plain when piped, harmless always."""

import io
import re

import pytest
from rich.console import Console
from typer.testing import CliRunner

from pipeline import cli, show
from pipeline import tables as schemas


def shown(record, **terminal):
    file = io.StringIO()
    show.decision(record, Console(file=file, **terminal) if terminal else show.console(file))
    return file.getvalue()


def squeezed(text):
    return re.sub(r"\s+", " ", text)


def test_a_decision_piped(out):
    result = CliRunner().invoke(cli.app, ["show", "22-014-117", str(out)])
    lines = result.output.splitlines()
    assert result.exit_code == 0 and lines[0] == "Sheffield City Council"
    assert any(line.split() == ["Remedy", "£3,561"] for line in lines)
    # A paragraph is a line, its own number at the side, its items set in.
    at = lines.index("  29  Within one month of the date of this decision the Council has agreed to:")
    assert lines[at + 3].startswith(
        "          3. [pay a further £375 for the therapy sessions that K did not receive;]R3"
    )
    assert any(
        re.match(r"R3 +financial loss of service £375 .*agreed, by 14 May 2023 +paragraph 29 ", line) for line in lines
    )
    assert "" in lines and lines.index("      The complaint") > 0


def test_every_mark_and_every_word_is_shown(tables):
    for decision_id in tables.decisions["decision_id"]:
        record = tables.find(decision_id)
        text = shown(record)
        assert "\x1b" not in text
        body = text.partition("\n\n")[2]
        for letter, (name, number) in zip("FRI", schemas.ITEMS.items(), strict=True):
            for item in record[name]:
                assert body.count(f"]{letter}{item[number[0].name]}") >= 1
        bare = squeezed(re.sub(r"\][FRI]\d+", "", body).replace("[", ""))
        for paragraph in record["paragraphs"]:
            words = record["text"][paragraph["start"] : paragraph["end"]]
            assert squeezed(words).replace("[", "").strip() in bare
        for section in record["sections"]:
            assert section["heading"] in bare


def record(text, **items):
    return {
        **dict.fromkeys(f.name for f in schemas.TABLES["decisions"]),
        **{name: [] for name in (*schemas.ITEMS, "warnings", "sections")},
        "outcome": "upheld",
        "outcome_source": "text",
        "remedy_total": None,
        "decision_id": "x",
        "source_path": "x.txt",
        "text": text,
        "paragraphs": [{"number": 1, "section": None, "start": 0, "end": len(text), "depth": 0}],
        **items,
    }


def item(number, start, end, **more):
    about = {"kind": "apology", "status": "agreed", "amount": None, "unit_amount": None, "deadline_date": None}
    return about | {number: 1, "start": start, "end": end, "paragraph": 1, "section": None, "rule": "r"} | more


@pytest.mark.parametrize(
    ("remedy", "improvement", "expected"),
    [
        ((0, 3), (4, 7), "[one]R1 [two]I1 six"),
        ((0, 3), (3, 7), "[one]R1[ two]I1 six"),
        ((0, 11), (4, 7), "[one [two]I1 six]R1"),
        ((4, 7), (0, 11), "[one [two]R1 six]I1"),
        ((0, 7), (4, 11), "[one [two]R1 six]I1"),
    ],
)
def test_marks_that_touch_nest_and_cross(remedy, improvement, expected):
    items = {
        "remedies": [item("remedy_no", *remedy)],
        "procedural_improvements": [item("improvement_no", *improvement)],
    }
    assert f"   1  {expected}\n" in shown(record("one two six", **items))


def test_a_remedy_to_check_says_so():
    warned = item("remedy_no", 0, 3, warnings=["sum_unclear"])
    assert "agreed, to check: sum unclear" in shown(record("one two six", remedies=[warned]))


def test_a_terminal_gets_colour_and_its_width(tables):
    text = shown(tables.find("22-014-117"), force_terminal=True, width=80, color_system="truecolor")
    assert "\x1b[" in text
    plain = re.sub(r"\x1b\[[\d;]*m", "", text)
    assert max(map(len, plain.splitlines())) <= 80
    assert "[pay a further £375" in squeezed(plain)


@pytest.mark.parametrize("terminal", [{}, {"force_terminal": True, "width": 80}])
def test_hostile_text_does_nothing_to_the_terminal(terminal):
    text = shown(record("pay \x1b]0;owned\x07 [bold]:smile: \x9b31m\u202e <script>", council="A\x1b[2J"), **terminal)
    for control in ("\x1b]", "\x1b[2J", "\x07", "\x9b", "\u202e"):
        assert control not in text
    assert "[bold]:smile:" in text and "<script>" in text


def test_no_such_decision(out, tmp_path):
    result = CliRunner().invoke(cli.app, ["show", "99-999-999", str(out)])
    assert result.exit_code == 1
    assert result.stderr == f"Error: There is no decision 99-999-999 in {out}; decisions.parquet lists them.\n"
    result = CliRunner().invoke(cli.app, ["show", "22-014-117", str(tmp_path)])
    assert result.exit_code == 1 and "has no table decisions" in result.stderr
