"""PDFs to text in the layout of a website copy: pages printed from the site, and reports made with Word.

PDFium gives characters and where they stand; lines, paragraphs, items and levels are had from that geometry.
"""

import ctypes
import itertools
import re
from collections import Counter
from dataclasses import dataclass, field

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from . import LABELS, Unreadable, label_line, list_indent

MAX_PAGES = 500
MAX_CHARACTERS = 5_000_000
MAX_OBJECTS = 20_000
"""Drawn objects looked at on one page in search of bullets."""

_BULLETS = "•◦▪▫●○■□‣⁃·➢\uf0b7\uf0a7\uf0d8\uf02d"
_MARKER = re.compile(rf"(?:([{_BULLETS}o–-])|\(?(\d{{1,3}}|[a-z]|[ivxl]{{2,6}})[.)])[ \t|]+(?=\S)")
_BARE_MARKER = re.compile(rf"(?:([{_BULLETS}])|\(?(\d{{1,3}}|[a-z]|[ivxl]{{2,6}})[.)])$")
_LABEL_COLUMN = re.compile(rf"({'|'.join(LABELS)})\s*:?\s*\|\s*")
_LABEL_START = re.compile(rf"(?:{'|'.join(LABELS)})\s*:")
# Printed by the browser above and below the page: date and time, address and page number; and a page number alone.
_PRINTED = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d\d|(?:https?|file)://\S+(?:\s*\|?\s*\d+(?:/| of )\d+)?$"
    r"|(?:page )?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?$",
    re.I,
)
_HYPHEN = "\x02\ufffe"  # PDFium's signs for a hyphen at a line's end; it then gives no line end
_CLEAN: dict[int, str | None] = dict.fromkeys((*range(32), 0xAD, 0xFFFD, 0xFFFE, 0xFFFF))
_CLEAN |= {9: " ", 0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_ROMAN = {
    r: n
    for n, r in enumerate(
        [
            "i",
            "ii",
            "iii",
            "iv",
            "v",
            "vi",
            "vii",
            "viii",
            "ix",
            "x",
            "xi",
            "xii",
            "xiii",
            "xiv",
            "xv",
            "xvi",
            "xvii",
            "xviii",
        ],
        1,
    )
}


@dataclass(slots=True)
class _Line:
    page: int
    text: str
    x0: float
    x1: float
    y: float  # baseline, from the page's foot
    size: float
    height: float  # of the page
    text_x: float  # where the text after the marker begins, x0 without one
    bullet: str = ""  # the list marker: "•", "4", "b", "iv"
    hyphen: bool = False


@dataclass(slots=True)
class _Block:
    text: str
    indent: int = 0
    marker: str = ""
    xs: tuple[float, ...] = ()  # where further lines may begin


@dataclass(slots=True)
class _Level:
    x: float
    indent: int
    last: int
    kind: str = field(default="number")


def pdf_text(data: bytes) -> str:
    """The text of a PDF, paragraphs whole, running headers and footers dropped.

    Raises Unreadable when it needs a password, is damaged, has no text on any page, or more pages or characters than
    MAX_PAGES and MAX_CHARACTERS.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", 0) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise Unreadable("it is encrypted and opens only with a password.") from None
        raise Unreadable("it is damaged: it cannot be opened as a PDF.") from None
    try:
        pages = len(document)
        if pages > MAX_PAGES:
            raise Unreadable(f"it has {pages:,} pages, more than {MAX_PAGES}, which no decision has.")
        lines: list[_Line] = []
        characters = 0
        for number in range(pages):
            page = document[number]
            textpage = page.get_textpage()
            characters += textpage.count_chars()
            if characters > MAX_CHARACTERS:
                raise Unreadable(f"it has more than {MAX_CHARACTERS:,} characters, which no decision has.")
            lines += _page_lines(page, textpage, number)
            textpage.close()
            page.close()
    except pypdfium2.PdfiumError:
        raise Unreadable("it is damaged: a page of it cannot be read.") from None
    finally:
        document.close()
    lines = _without_running(lines, pages)
    if not lines:
        raise Unreadable(
            "it is a scan without text: save it with text recognition, or take the page from the site."
            if pages
            else "it is damaged: it has no pages."
        )
    return _lay_out(_blocks(lines))


# Lines of a page


def _page_lines(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, number: int) -> list[_Line]:
    raw = textpage.raw
    count = textpage.count_chars()
    unicode_at = pdfium.FPDFText_GetUnicode
    # Character by character: positions in PDFium's own page string differ from its character indexes.
    text = "".join(
        [
            chr(code) if 0 < (code := unicode_at(raw, n)) < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"
            for n in range(count)
        ]
    )
    dots = _drawn_bullets(page)
    height = page.get_height()
    lines: list[_Line] = []
    for found in re.finditer(rf"[^\r\n{_HYPHEN}]+([{_HYPHEN}]?)", text):
        start, end = found.start(), found.end() - len(found[1])
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        x0, y = _origin(raw, start)
        right = _right(raw, end - 1)
        size = _size(raw, start)
        pieces = []
        at = start
        for space in range(start + 1, end - 1):
            # A gap too wide for a space parts the cells of a table's row.
            if text[space].isspace() and not text[space + 1].isspace():
                last = space - 1
                while last > start and text[last].isspace():
                    last -= 1
                if _origin(raw, space + 1)[0] - _right(raw, last) > max(12.0, 1.2 * size):
                    pieces.append(text[at : last + 1])
                    at = space + 1
        pieces.append(text[at:end])
        line = _Line(number, " | ".join(pieces), x0, right, y, size, height, x0, hyphen=bool(found[1]))
        marker = _MARKER.match(line.text)
        if marker:
            # The marker's own gap may have been taken for a table's.
            body = start + len(marker[0].rstrip(" |\t"))
            while body < end and text[body].isspace():
                body += 1
            line.text_x = _origin(raw, body)[0]
            line.size = _size(raw, body)  # markers are often set smaller
            line.bullet = (marker[1] and "•") or marker[2]
            # A dash or an "o" is a bullet only where it hangs before its text.
            if marker[1] and marker[1] in "o–-" and line.text_x - x0 < 0.8 * size:
                line.bullet, line.text_x = "", x0
            else:
                line.text = line.text[marker.end() :]
        elif any(x0 - 30 < x < x0 and y - 0.2 * size < middle < y + 0.8 * size for x, middle in dots):
            line.bullet = "•"
        line.text = _LABEL_COLUMN.sub(r"\1 : ", line.text, count=1) if not line.bullet else line.text
        before = lines[-1] if lines else None
        bare = _BARE_MARKER.match(before.text) if before and not before.bullet and not line.bullet else None
        if before and bare and before.x1 - 2 <= x0 < before.x1 + 40 and -2 < before.y - y < 3 * size:
            # Set apart from its text, by PDFium or by Firefox where a page's end is near.
            line.bullet = (bare[1] and "•") or bare[2]
            line.x0 = before.x0
            lines[-1] = line
        elif before and abs(before.y - y) < 2 and x0 >= before.x1 - 2 and not line.bullet:
            before.text += (" | " if x0 - before.x1 > max(12.0, 1.2 * size) else " ") + line.text
            before.text = _LABEL_COLUMN.sub(r"\1 : ", before.text, count=1)
            before.x1, before.hyphen = right, line.hyphen
        else:
            lines.append(line)
    for line in lines:
        line.hyphen = line.hyphen or line.text.endswith("-")
        soft = line.text.endswith("\xad")
        line.text = re.sub(" {2,}", " ", line.text.translate(_CLEAN))
        if line.hyphen or soft:
            line.hyphen = True
            line.text = line.text.rstrip("-") + ("\xad" if soft else "-")
    return [line for line in lines if line.text.strip()]


def _origin(raw: object, n: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(raw, n, x, y)
    return x.value, y.value


def _right(raw: object, n: int) -> float:
    left, right, bottom, top = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharBox(raw, n, left, right, bottom, top)
    return right.value


def _size(raw: object, n: int) -> float:
    """Size of type as it stands on the page: browsers scale the whole page, fonts keep their nominal size."""
    matrix = pdfium.FS_MATRIX()
    scale = abs(matrix.d) or abs(matrix.b) if pdfium.FPDFText_GetMatrix(raw, n, matrix) else 1.0
    return (pdfium.FPDFText_GetFontSize(raw, n) * (scale or 1.0)) or 10.0


def _drawn_bullets(page: pypdfium2.PdfPage) -> list[tuple[float, float]]:
    """Right edge and middle of small round or square drawings: Chromium draws its bullets, they are no text."""
    dots = []
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    for n in range(min(pdfium.FPDFPage_CountObjects(page.raw), MAX_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page.raw, n)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
        width, height = right.value - left.value, top.value - bottom.value
        if 1.5 < width < 8 and abs(width - height) < 0.25 * width:
            dots.append((right.value, (top.value + bottom.value) / 2))
    return dots[:1000]


# Running headers and footers


def _without_running(lines: list[_Line], pages: int) -> list[_Line]:
    """The lines without what stands in the margins: at one height on most pages, in small type, or a browser's print of
    date and address."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    small = 0.85 * sizes.most_common(1)[0][0] if sizes else 0.0

    def margin(line: _Line) -> bool:
        return not 0.085 * line.height < line.y < 0.915 * line.height

    def key(line: _Line) -> tuple[str, int]:
        return re.sub(r"\d+", "#", line.text), round(line.y / 3)

    seen: Counter[tuple[str, int]] = Counter()
    for line in lines:
        if margin(line):
            seen[key(line)] += 1
    enough = max(2, (pages + 1) // 2)
    running = {k for k, times in seen.items() if times >= enough and not k[0].startswith(("Back to top", "•"))}
    return [
        line
        for line in lines
        if not (
            margin(line)
            and ((key(line) in running and not line.bullet) or line.size < small or _PRINTED.match(line.text))
        )
    ]


# Paragraphs and items


def _blocks(lines: list[_Line]) -> list[_Block]:
    leading = _leading(lines)
    right = max(line.x1 for line in lines)
    column = right - min(line.x0 for line in lines)
    words = Counter(re.findall(r"[a-z]+(?:-[a-z]+)*", " ".join(line.text for line in lines).lower()))
    blocks: list[_Block] = []
    levels: list[_Level] = []
    before: _Line | None = None
    for line in lines:
        block = blocks[-1] if blocks else None
        starts = True
        if before and block and not _LABEL_START.match(line.text):
            starts = _parted(before, line, block, leading, right, column)
        if line.bullet:
            # A marker in the column of the marker above is no wrapped line's beginning when its number is the next.
            starts = starts or (before is not None and before.text.endswith((":", ";"))) or _follows(line, levels)
            level = _item_level(line, levels) if starts else None
            if level:
                shown = "•" if level.kind == "bullet" else f"{level.last}."
                blocks.append(_Block(line.text, level.indent, shown, (line.text_x, line.x0)))
                before = line
                continue
            if line.bullet != "•":  # a wrapped line that happens to begin so
                line.text = f"{line.bullet}. {line.text}"
        if starts or not before or not block:
            while levels and line.x0 < levels[-1].x - 4:
                levels.pop()
            inside = bool(levels) and abs(line.x0 - levels[-1].x) <= 4
            blocks.append(_Block(line.text, levels[-1].indent + 3 if inside else 0, "", (line.x0,)))
        else:
            block.text = _join(block.text, line.text, before.hyphen, words)
        before = line
    return blocks


def _leading(lines: list[_Line]) -> dict[int, float]:
    """For each size of type the usual distance of two lines in one paragraph: the smallest that is not rare."""
    steps: dict[int, Counter[float]] = {}
    for above, line in itertools.pairwise(lines):
        step = above.y - line.y
        if above.page == line.page and abs(above.size - line.size) < 0.6 and 0.9 < step / line.size < 2.2:
            steps.setdefault(round(line.size), Counter())[round(step * 2) / 2] += 1
    leading = {}
    for size, counts in steps.items():
        common = [step for step, times in counts.items() if times >= max(3, sum(counts.values()) // 10)]
        leading[size] = min(common) if common else min(1.35 * size, min(counts))
    return leading


def _parted(above: _Line, line: _Line, block: _Block, leading: dict[int, float], right: float, column: float) -> bool:
    """Whether a line begins a paragraph of its own."""
    if abs(above.size - line.size) > 0.6 or min(abs(line.x0 - x) for x in block.xs) > 4:
        return True
    word = line.text.split(" ", 1)[0]
    room = right - above.x1 - (len(word) + 1) * (above.x1 - above.x0) / max(len(above.text), 1)
    if above.page != line.page:
        # Wrapped over the page's end where the next word had no room, or where the sentence goes on.
        going_on = above.text[-1] not in ".:;?!”’)" and line.text[0].islower()
        return (not line.bullet and not going_on and room > 0.03 * column) or bool(line.bullet)
    step = above.y - line.y
    usual = leading.get(round(line.size), 1.35 * line.size)
    return not 0 < step <= 1.25 * usual + 0.5 or room > 0.1 * column


def _item_level(line: _Line, levels: list[_Level]) -> _Level | None:
    """The list level a marked line belongs to, opened or closed as needed; None where its marker fits none."""
    kept = [level for level in levels if level.x <= line.text_x + 4]
    same = kept[-1] if kept and abs(kept[-1].x - line.text_x) <= 4 else None
    above = kept[-2] if same and len(kept) > 1 else None if same else kept[-1] if kept else None
    if line.bullet == "•":
        kind, number = "bullet", 0
    elif line.bullet.isdigit():
        kind, number = "number", int(line.bullet)
    else:
        # Browsers and Word letter the sub-items; website copies number them.
        roman, letter = _ROMAN.get(line.bullet, 0), ord(line.bullet) - 96 if len(line.bullet) == 1 else 0
        last = same.last if same and same.kind in ("letter", "roman") else 0
        if roman and roman == last + 1 and not (same and same.kind == "letter" and letter == last + 1):
            kind, number = "roman", roman
        elif letter and letter == last + 1:
            kind, number = "letter", letter
        else:
            return None
    levels[:] = kept
    if same and (same.kind == "bullet") == (kind == "bullet"):
        same.last, same.kind = number, kind
        return same
    if same:
        levels.pop()
    level = _Level(line.text_x, list_indent(above.indent if above else 0, kind != "bullet"), number, kind)
    levels.append(level)
    return level


def _follows(line: _Line, levels: list[_Level]) -> bool:
    """Whether a marked line goes on with an open list: its text in the list's column, its number the next."""
    for level in reversed(levels):
        if abs(level.x - line.text_x) <= 4:
            number = int(line.bullet) if line.bullet.isdigit() else _ROMAN.get(line.bullet, 0)
            return number == level.last + 1 or line.bullet in ("•", chr(97 + min(level.last, 25)))
    return False


def _join(text: str, more: str, hyphen: bool, words: Counter[str]) -> str:
    """Two lines of a paragraph as one. A hyphen between them goes where the word stands without it elsewhere."""
    if text.endswith("\xad"):
        return text[:-1] + more
    if not hyphen or not text[:-1] or not text[-2].isalnum() or not more[0].isalnum():
        return f"{text} {more}"
    head = re.search(r"[A-Za-z]+-$", text)
    tail = re.match(r"[a-z]+", more)
    if head and tail:
        first, second = head[0][:-1].lower(), tail[0]
        if words[first + second] and not words[f"{first}-{second}"]:
            return text[:-1] + more
    return text + more


def _lay_out(blocks: list[_Block]) -> str:
    out: list[str] = []
    waiting = ""
    listed = False  # an item has come: labels stand before the first
    in_head = False
    for block in blocks:
        if block.marker:
            listed = True
            if out and out[-1] and not out[-1].startswith(" "):
                out.append("")
            out.append(f"{' ' * block.indent}{block.marker} {block.text}")
            continue
        text = label_line(block.text)
        if waiting:
            text, waiting = f"{waiting} : {text}", ""
        elif not listed and (name := text.rstrip(" :\xa0")) in LABELS and (name == LABELS[0] or in_head):
            waiting, in_head = name, True  # its value is the next block
            continue
        if block.indent:
            out.append(" " * block.indent + text)
        else:
            out += ["", text, ""] if out and out[-1] else [text, ""]
    if waiting:
        out.append(waiting)
    return "\n".join(out).strip("\n") + "\n"
