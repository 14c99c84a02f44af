"""Hostile and broken input: each ends as a row with its reason or as a record that holds together; none stops a run.

Cost is measured by `make hostile`, which takes minutes; here only that each ends, at a size that shows quickly.
"""

import os
import random
import signal
from pathlib import Path

import hostile
import made_up
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.run import run

HERE = Path(__file__).parent
FIXTURES = HERE / "fixtures" / "reading"
FOUND = (
    sorted(p for p in (HERE.parent / "fuzz" / "found").iterdir() if p.is_file())
    if (HERE.parent / "fuzz").is_dir()
    else []
)


@pytest.mark.parametrize("name", hostile.every())
def test_each_kind_ends(name):
    suffix, make = hostile.every()[name]
    with quickly(20):
        hostile.check(make(3_000), suffix)


class quickly:
    """Fails the test, rather than stopping all of them, where something hangs."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __enter__(self):
        self.before = signal.signal(signal.SIGALRM, self.ring)
        signal.setitimer(signal.ITIMER_REAL, self.seconds)

    def ring(self, *_):
        raise TimeoutError(f"not done after {self.seconds} seconds")

    def __exit__(self, *_):
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.before)


@pytest.mark.parametrize("path", FOUND, ids=lambda p: p.name)
def test_what_the_fuzzer_found(path):
    data = path.read_bytes()
    with quickly(20):
        hostile.check(data, hostile.suffix_of(data))


@pytest.mark.parametrize("name", ["harrowdale.txt", "harrowdale.html", "harrowdale.pdf"])
def test_truncated(name):
    data = (FIXTURES / name).read_bytes()
    for end in range(0, len(data), max(100, len(data) // 60)):
        hostile.check(data[:end], Path(name).suffix)


@pytest.mark.parametrize(("kind", "size"), [("nested list", 2_000_000), ("nested lead-ins", 60_000)])
def test_lists_in_lists_without_end(kind, size):
    """The stages go down level by level; however deep a list is set, they come up again."""
    hostile.check(hostile.TEXTS[kind](size).encode(), ".txt")


def test_a_run_over_all_of_it(tmp_path):
    """Everything at once, by two workers: a row each, and the good ones are there."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    good = made_up.website().encode()

    def put(name, data):
        path = os.path.join(os.fsencode(corpus), os.fsencode(name))
        with open(path, "wb") as file:
            file.write(data)

    def other(n):
        return good.replace(b"22 111 222", b"22 111 %03d" % n)

    put("empty.txt", b"")
    put("one byte.txt", b"x")
    put("binary.txt", random.Random(1).randbytes(5_000))
    put("one line.txt", b"x" * 50_000_000)
    put("too large.txt", b"x" * 50_000_001)
    put("pounds.txt", "£1,".encode() * 1_000_000)
    put("nested.txt", hostile.nested(100_000).encode())
    put("unbalanced.html", hostile.PAGES["scripts and fragments"](50_000).encode())
    put("deep.html", hostile.PAGES["deep elements"](200_000).encode())
    put("bomb.pdf", hostile.PDFS["expands into states"](50_000_000))  # 49 KB, and 4 GB when it is read
    put("encrypted.pdf", (FIXTURES / "encrypted.pdf").read_bytes())
    put("damaged.pdf", (FIXTURES / "damaged.pdf").read_bytes())
    put("not a.pdf", good)
    put("truncated.txt", good[: len(good) // 2])
    put("good.txt", good)
    put("same.txt", good)
    put("same reference.txt", good.replace(b"Mrs Q", b"Mr Y"))
    names = {"new\nline.txt": 301, "quote'\".txt": 302, "x" * 246 + ".txt": 303, os.fsdecode(b"\xff\xfe.txt"): 304}
    for name, n in names.items():
        put(name, other(n))
    (corpus / "folder.txt").mkdir()
    os.mkfifo(corpus / "pipe.txt")
    (corpus / "broken.txt").symlink_to("nowhere.txt")
    (corpus / "loop.txt").symlink_to("loop.txt")

    run(corpus, tmp_path / "out", worker_count=2, max_seconds=20)
    found = {row["path"]: row for row in pq.read_table(tmp_path / "out" / "files.parquet").to_pylist()}
    assert len(found) == len(os.listdir(corpus))
    extracted = {path for path, row in found.items() if row["status"] == "extracted"}
    assert extracted >= {"good.txt", "same reference.txt", "\\xff\\xfe.txt", *list(names)[:3]}
    assert found["same.txt"]["status"] == "duplicate"
    assert found["folder.txt"]["status"] == "ignored"
    says = {
        "empty.txt": "empty",
        "one byte.txt": "none of the sections",
        "binary.txt": "binary",
        "one line.txt": "none of the sections",
        "too large.txt": "--max-bytes",
        "pounds.txt": "none of the sections",
        "deep.html": "nested more than",
        "encrypted.pdf": "password",
        "damaged.pdf": "damaged",
        "not a.pdf": "damaged",
        "bomb.pdf": "run out of memory",
        "pipe.txt": "pipe",
        "broken.txt": "link to nothing",
        "loop.txt": "back to itself",
    }
    for path, words in says.items():
        assert found[path]["status"] == "rejected" and words in found[path]["reason"], found[path]
    for row in found.values():
        assert row["status"] == "extracted" or row["reason"].endswith("."), row
        assert "please report this" not in (row["reason"] or ""), row
    decisions = pq.read_table(tmp_path / "out" / "decisions.parquet").to_pylist()
    shared = {row["source_path"] for row in decisions if "reference_shared" in row["warnings"]}
    assert shared == {"good.txt", "same reference.txt", "truncated.txt", "nested.txt"}


# --- generated ----------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *(
            "The Council was at fault. ",
            "I find no fault",
            " by the Council",
            "This caused Ms P distress",
            " and ",
            ", ",
            ". ",
        ),
        *(
            "The Council has agreed to:",
            "apologise to Ms P",
            "pay Ms P £100",
            " a month for three months",
            "£1,000",
            "£",
            "her",
        ),
        *(
            "within four weeks of my final decision",
            "review its procedure",
            "remind staff",
            "\n",
            "\n\n",
            "\n  1. ",
            "\n- ",
        ),
        *(
            "\n      1. ",
            "\n    • ",
            "\nWhat I found\n",
            "\nAgreed action\n",
            "\nFinal decision\n",
            "\nSummary: ",
            "“",
            "”",
            "(",
            ")",
        ),
        *(
            "(a) ",
            " (b) ",
            " and (c)",
            "i) ",
            "items 1 and 2",
            ": ",
            "; and ",
            "If so,",
            "Within a month, ",
            "The first",
        ),
        *("The Council has agreed to", " but not to", " all of this except", " of these", "respectively", " each"),
        *(
            "Kent County Council (24 003 873)",
            "\nDecision : Upheld",
            "\nDecision date : 31 Feb 2025",
            "not ",
            "\u00a0",
            "\t",
        ),
    ]
)
SOUP = st.lists(PIECES | st.text(max_size=6), max_size=60).map("".join)
QUICK = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@example("", "The Council has agreed to (a) and (b) but not to (c).")  # names items, and lists none
@example(
    "", "The Council has agreed to:\n      1. If the appeal fails and she asks for it,"
)  # ends where a verb should be
@given(SOUP, SOUP)
def test_any_findings_and_actions(findings, action):
    hostile.check(hostile.decision(findings, action).encode("utf-8", "replace"), ".txt")


@QUICK
@given(SOUP)
def test_any_text(text):
    hostile.check(text.encode("utf-8", "replace"), ".txt")


@QUICK
@given(
    st.binary(max_size=300),
    st.sampled_from([".txt", ".html", ".pdf"]),
    st.sampled_from([b"", b"%PDF-1.4\n", b"<html>"]),
)
def test_any_bytes(data, suffix, start):
    hostile.check(start + data, suffix)


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<li>",
        "<ol>",
        "</ol>",
        "<td>",
        "<table>",
        "<article>",
        "</article>",
        "<script>",
        "<h3>",
        "<br>",
        "<pre>",
        "<q>",
    ]
)


@QUICK
@given(st.lists(TAGS | PIECES, max_size=60).map("".join))
def test_any_page(body):
    hostile.check(hostile.page(body).encode(), ".html")


@QUICK
@given(st.integers(0, 2**32), st.sampled_from(["harrowdale.html", "harrowdale.pdf", "milbourne.txt"]))
def test_damaged_bytes(seed, name):
    chance, data = random.Random(seed), bytearray((FIXTURES / name).read_bytes())
    for _ in range(chance.randint(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    hostile.check(bytes(data), Path(name).suffix)


def test_every_hostile_kind_is_a_size_asked_for():
    """What `make hostile` doubles is doubled."""
    for name, (suffix, make) in hostile.every().items():
        if suffix != ".pdf":
            least, most = (len(make(n)) for n in (20_000, 40_000))
            assert 1.5 < most / least < 2.5, name
