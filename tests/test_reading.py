"""Reading: encodings, HTML and PDF come out as the website copy of the same decision."""

import contextlib
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from pipeline.reading import SUFFIXES, Unreadable, read

FIXTURES = Path(__file__).parent / "fixtures" / "reading"
LINE = "Caf\u00e9 \u2018fault\u2019 \u201cquoted\u201d \u2013 \u00a31,250\u00a0paid"


def fixture(name: str) -> str:
    return read((FIXTURES / name).read_bytes(), Path(name).suffix)


def lines(text: str) -> list[str]:
    """The lines with text, their indents kept: those are the levels."""
    return [line for line in text.splitlines() if line.strip()]


def html(body: str) -> list[str]:
    return lines(read(f'<body><article id="article">{body}</article>after'.encode(), ".html"))


# Text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252"]
)
def test_encodings(encoding: str) -> None:
    text = f"{LINE}\nSecond line of the decision, in plain English.\n"
    assert read(text.encode(encoding), ".txt") == text


def test_utf16_big_endian_with_mark() -> None:
    assert read(b"\xfe\xff" + LINE.encode("utf-16-be"), ".txt") == LINE


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_line_ends(end: str) -> None:
    assert read(f"a{end}b{end}{end}c".encode(), ".txt") == "a\nb\n\nc"


def test_windows_1252_dots_are_not_a_line_end() -> None:
    assert read(b"wait\x85 \xa35\r\n", ".txt") == "wait\u2026 \u00a35\n"


def test_stray_windows_1252_bytes_in_utf8() -> None:
    assert read(f"{LINE} ".encode() + b"\xa35 \x93x\x94", ".txt") == f"{LINE} \u00a35 \u201cx\u201d"


def test_nothing_else_is_changed() -> None:
    text = "  1. e\u0301 \ufb01\u00a0 two  blanks\t\n\n\n\u200bend"
    assert read(text.encode(), ".txt") == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n ", "no text"),
        (b"text\0text" * 9, "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
        (b"\xff\xfea\0b", "damaged"),
        (b"%PDF-1.4\n", "a PDF"),
        (b"PK\x03\x04\x14", "Word or zip"),
    ],
)
def test_unreadable_text(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(data, ".txt")


def test_suffixes() -> None:
    assert SUFFIXES == (".txt", ".html", ".htm", ".pdf")
    with pytest.raises(ValueError, match="docx"):
        read(b"x", ".docx")


def test_text_loads_no_library() -> None:
    code = (
        "import sys; from pipeline.reading import read; read(b'x', '.txt');"
        "sys.exit(bool({'lxml', 'pypdfium2'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[1], check=False).returncode == 0


# HTML and PDF as the website copy


@pytest.mark.parametrize("name", ["harrowdale", "milbourne"])
def test_html_is_the_website_copy(name: str) -> None:
    assert lines(fixture(f"{name}.html")) == lines(fixture(f"{name}.txt"))


@pytest.mark.parametrize(
    ("pdf", "copy"),
    [
        ("harrowdale.pdf", "harrowdale.txt"),
        ("harrowdale-plain.pdf", "harrowdale.txt"),
        ("milbourne.pdf", "milbourne.txt"),
        ("oakvale-word.pdf", "oakvale.txt"),
    ],
)
def test_pdf_is_the_website_copy(pdf: str, copy: str) -> None:
    got, expected = lines(fixture(pdf)), lines(fixture(copy))
    start = got.index(expected[0])  # the print has the site's navigation above
    assert got[start : start + len(expected)] == expected
    assert not [line for line in got if "file://" in line or "6:51" in line or line.startswith("Final report")]


# HTML


@pytest.mark.parametrize(
    "head",
    [
        "<dl><dt>Category</dt><dd><a>A</a> &gt; <a>B</a></dd><dt>Decision</dt><dd>Upheld</dd></dl>",
        "<dl><dt class=label>Category:</dt><dd class=value>A &gt;\n B</dd><dt class=label>Decision:</dt>"
        "<dd class=value>Upheld</dd></dl>",
        "<p><span class=label>Category</span> : <a>A</a> &gt; <a>B</a><br><span class=label>Decision</span>"
        "<span class=value>Upheld</span></p>",
        "<div><p class='x label'>Category</p><p class='x value'><a>A</a> &gt; <a>B</a></p>"
        "<p class='x label'>Decision</p><p class='x value'>Upheld</p></div>",
        "<div class=label>Category</div><div class=value><ul><li><a>A</a><li><a>B</a></ul></div>"
        "<div class=label>Decision</div><div class=value>Upheld</div>",
        "<p><b>Category:</b> A &gt; B</p><p><b>Decision:</b> Upheld</p>",
        "<table><tr><th>Category</th><td>A &gt; B</td></tr><tr><th>Decision :</th><td>Upheld</td></tr></table>",
    ],
)
def test_labels(head: str) -> None:
    assert html(f"<h1>X (1)</h1>{head}<p>Text</p>") == ["X (1)", "Category : A > B", "Decision : Upheld", "Text"]


def test_lists_and_breaks() -> None:
    assert html("<ol start=4><li>a<ul><li>b<li>c</ul><li value=9>d<br>e<ol><li>f<ol><li>g</ol></ol></ol>") == [
        "  4. a",
        "    • b",
        "    • c",
        "  9. d",
        "     e",
        "      1. f",
        "        1. g",
    ]


def test_inline_text_tables_and_entities() -> None:
    assert html("<h2>A<br>B</h2><p>x<b>y</b><i>z</i>, &pound;5&nbsp;&rsquo;</p><!-- c --><script>1 < 2</script>") == [
        "A B",
        "xyz, £5\u00a0’",
    ]
    assert html("<table><tr><th>a<th><p>b</p><tr><td>c</td><td>d</td></tr></table>") == ["a | b", "c | d"]


def test_scope() -> None:
    assert read(b"<nav>n</nav><main><h1>m</h1></main><footer>f</footer>", ".htm") == "m\n"
    assert read(b"<form><nav>n</nav><main>m<article id=article>a</article></main></form>", ".html") == "a\n"
    page = b"<header>h</header><div id=cookies>c</div><p hidden>x</p><p>text</p><footer>f</footer>"
    assert read(page, ".html") == "text\n"
    assert read(b"<body><form><p>all in one form</p></form>", ".html") == "all in one form\n"


def test_charset() -> None:
    assert read(b'<meta charset="iso-8859-1"><p>\xa35 \x93x\x94', ".html") == "£5 “x”\n"
    assert read("<p>£5".encode("utf-16"), ".html") == "£5\n"


def test_deep_nesting() -> None:
    deep = read(b"<ol><li>a" * 1000, ".html").splitlines()
    assert len(deep) == 1000
    assert max(map(len, deep)) < 50
    with pytest.raises(Unreadable, match="nested"):
        read(b"<ol><li>a" * 100_000, ".html")


@pytest.mark.parametrize("piece", ["<td>a", "<p a b>", "&", "<!--", "<b><p>x", "<dt class=label>a", "<a b='", "</p>"])
def test_odd_html_ends_soon(piece: str) -> None:
    with contextlib.suppress(Unreadable):
        read(b"<table><tr>" + piece.encode() * 10_000, ".html")


def test_unreadable_html() -> None:
    for page in (b"<html></html>", b"<p>a\0b</p>"):
        with pytest.raises(Unreadable):
            read(page, ".html")


# PDF


@pytest.mark.parametrize(
    ("name", "reason"), [("scan.pdf", "scan without text"), ("encrypted.pdf", "encrypted"), ("damaged.pdf", "damaged")]
)
def test_unreadable_pdf(name: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        fixture(name)


def pdf(*pages: str) -> bytes:
    """A PDF with one content stream a page, in Helvetica."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for n, content in enumerate(pages):
        data = zlib.compress(content.encode())
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (5 + 2 * n)
        )
        objects.append(b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(data), data))
    out, places = b"%PDF-1.4\n", []
    for number, content_ in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content_)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def show(*placed: tuple[float, float, str]) -> str:
    return "\n".join(f"BT /F 12 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in placed)


def test_hyphens_at_line_ends() -> None:
    wide = "and so that it fills the column to its right edge as a paragraph "
    page = show(
        (72, 700, f"The accommodation was unsuitable {wide} accom-"),
        (72, 685, f"modation and full-time education {wide} of full-"),
        (72, 670, "time work."),
    )
    text = read(pdf(page), ".pdf")
    assert "accommodation and full-time" in text
    assert "of full-time work." in text


def test_too_many_pages() -> None:
    with pytest.raises(Unreadable, match="501 pages"):
        read(pdf(*[show((72, 700, "x"))] * 501), ".pdf")


def test_label_columns() -> None:
    page = show(
        (72, 700, "Category"), (200, 700, "A > B"), (72, 680, "Decision"), (200, 680, "Upheld"), (72, 640, "Text")
    )
    assert lines(read(pdf(page), ".pdf")) == ["Category : A > B", "Decision : Upheld", "Text"]


def test_marker_apart_from_its_text() -> None:
    page = show(
        (45, 700, "1."), (58, 700, "One"), (45, 680, "2."), (58, 650, "Two"), (77, 630, "\\225"), (88, 630, "x")
    )
    assert lines(read(pdf(page), ".pdf")) == ["  1. One", "  2. Two", "    • x"]
