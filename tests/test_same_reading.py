"""What changes no meaning changes no record: decisions printed with other bullets, quotes, blanks, numbers or headings,
or with other everyday words for the same thing, are read as they were.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline import reading
from pipeline.stages import read_decision

GOLD = Path(__file__).parent / "gold"
EVERY = 45  # of the labelled decisions, so many apart, are tried

MONTHS = "January|February|March|April|August|September|October|November|December"
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12}
HEADINGS = re.compile(
    r"^(?:The complaint|What (?:I|we) found|Agreed actions?|Recommended actions?|Final decision|Analysis|My assessment|"
    r"What happened|Background|Findings|Recommendations|Remedy|Assessment|Action)[ \t]*$",
    re.M,
)
PERSON = r"((?:Mr|Mrs|Ms|Miss) (?:and (?:Mr|Mrs|Ms|Miss) )?[A-Z]\b|her|him|them)"


def _items(sign):
    """Bullets in another form; `sign` makes it of an item's number."""

    def change(text):
        lines, n = [], 0
        for line in text.split("\n"):
            if found := re.match(r"(\s*)•\s+(.*)", line):
                n += 1
                line = found[1] + sign(n) + " " + found[2]
            elif line.strip():
                n = 0
            lines.append(line)
        return "\n".join(lines)

    return change


def _replaced(pattern, by, flags=0):
    return lambda text: re.sub(pattern, by, text, flags=flags)


CHANGES = {
    "straight quotes": lambda text: text.translate(str.maketrans("‘’“”", "''\"\"")),
    "bullets as stars": _items(lambda n: "*"),
    "bullets as circles": _items(lambda n: "◦"),
    "bullets as middle dots": _items(lambda n: "·"),
    "items with letters": _items(lambda n: f"({chr(96 + min(n, 26))})"),
    "items with numbers": _items(lambda n: f"({n})"),
    "items without stops": _replaced(r"^(\s*•.*?);$", r"\1", re.M),
    "items with stops": _replaced(r"^(\s*•.*?);(?: and)?$", r"\1.", re.M),
    "items with capitals": lambda text: re.sub(r"^(\s*• )([a-z])", lambda m: m[1] + m[2].upper(), text, flags=re.M),
    "headings in capitals": lambda text: HEADINGS.sub(lambda m: m[0].upper(), text),
    "headings with colons": lambda text: HEADINGS.sub(lambda m: m[0].rstrip() + ":", text),
    "blanks that do not break": _replaced(r"(?<=Mr|Ms) |(?<=Mrs) ", "\u00a0"),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "blank lines between": _replaced(r"\n+", "\n\n"),
    "blanks at line ends": lambda text: text.replace("\n", "  \n"),
    "two blanks behind stops": _replaced(r"\. (?=[A-Z])", ".  "),
    "sums without commas": _replaced(r"£(\d),(\d{3})(?![,\d])", r"£\1\2"),
    "sums with pence": _replaced(r"£(\d[\d,]*\d|\d)(?![\d,.]*\d)", r"£\1.00"),
    "sums with a blank": lambda text: text.replace("£", "£ "),
    "numbers in figures": lambda text: re.sub(
        rf"\b([Ww]ithin )({'|'.join(NUMBERS)})(?= (?:working days|weeks?|months?|days)\b)",
        lambda m: f"{m[1]}{NUMBERS[m[2]]}",
        text,
    ),
    "short months": lambda text: re.sub(
        rf"\b(\d{{1,2}}) ({MONTHS}) (\d{{4}})", lambda m: f"{m[1]} {m[2][:3]} {m[3]}", text
    ),
    "ampersands": lambda text: text.replace("Mr and Mrs", "Mr & Mrs"),
    "an authority": _replaced(r"\b([Tt]he) Council\b", r"\1 Authority"),
    "must": _replaced(r"\b(the Council|It) should\b(?! (?:not )?have)", r"\1 must"),
    "a list of what it will do": _replaced(r"has agreed to:", "has agreed that it will:"),
    "the sum of": _replaced(
        rf"\bpay {PERSON} (£\d[\d,]*(?:\.\d\d)?)(?! (?:a|per|each|for each))", r"pay \1 the sum of \2"
    ),
    "acknowledged": _replaced(r"\bto recognise\b", "to acknowledge"),
    "maladministration": _replaced(r"\b(was|were|is) fault\b", r"\1 maladministration"),
    "as we find": _replaced(r"\bI (find|consider|recommend|uphold|have)\b", r"We \1"),
}


def _values(decision):
    name = (decision.council or "").translate(str.maketrans("’", "'"))
    return {
        "heading": (name, decision.case_reference, decision.decision_date, decision.outcome),
        "findings": Counter((f.part, f.fault) for f in decision.fault_findings),
        "total": decision.remedy_total,
        "remedies": [
            (r.kind, r.amount, r.status, r.deadline, (r.recipient or "").replace("&", "and").replace("’", "'"), r.units)
            for r in decision.remedies
        ],
        "improvements": [(i.kind, i.status, i.deadline) for i in decision.procedural_improvements],
    }


@pytest.fixture(scope="module")
def decisions():
    files = sorted(GOLD.glob("*/*.txt"))[::EVERY]
    texts = [reading.read(file.read_bytes(), ".txt") for file in files]
    return [(file.stem, text, _values(read_decision(text))) for file, text in zip(files, texts, strict=True)]


@pytest.mark.parametrize("change", CHANGES)
def test_same_record(change, decisions):
    changed = 0
    for name, text, values in decisions:
        other = CHANGES[change](text)
        changed += other != text
        assert _values(read_decision(reading.read(other.encode(), ".txt"))) == values, name
    assert changed > 2
