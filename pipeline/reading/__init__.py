"""Reading: the bytes of one file to text in the layout of a website copy.

>>> read("Kent County Council (24 003 873)\\r\\n".encode("utf-16"), ".txt")
'Kent County Council (24 003 873)\\n'
"""

import re

SUFFIXES = (".txt", ".html", ".htm", ".pdf")

MAX_BYTES = 64_000_000
"""A published decision is under 1 MB in every form; what is larger than this is not read at all."""

MAX_INDENT = 40
"""Deeper list levels are not set off further, so that a thousand levels do not make a page of blanks."""

LABELS = ("Category", "Decision", "Decision date")
"""The label lines under a decision's heading, in their order."""

_LABEL_LINE = re.compile(rf"({'|'.join(LABELS)})\s*:\s*(?=\S)")
_PAGE = re.compile(r"\s*<(?:!doctype html|html)", re.I)


class Unreadable(Exception):
    """A file that gives no text. The message is one sentence with the reason, without the file's name."""


def read(data: bytes, suffix: str) -> str:
    """The text of a file, its lines ended by "\\n".

    data: the file's whole content. suffix: one of SUFFIXES, lower-cased, with the dot.
    Text files come back as they stand. HTML, a page saved as .txt too, and PDF are laid out as a website copy: heading,
    `Category : A > B`, `Decision : X`, `Decision date : 18 Feb 2025`, headings on lines of their own, paragraphs
    `  1. `, sub-items `      1. `, bullets `    • `.

    Raises Unreadable when the file is empty, too large, damaged, encrypted, binary or holds no text, and ValueError for
    a suffix not in SUFFIXES. PDFs are read by a library that is not thread-safe: use processes.
    """
    if suffix not in SUFFIXES:
        raise ValueError(f"unknown suffix {suffix!r}, known are {', '.join(SUFFIXES)}")
    if len(data) > MAX_BYTES:
        raise Unreadable(f"it is larger than {MAX_BYTES // 1_000_000} MB, which no decision is.")
    if not data:
        raise Unreadable("it is empty.")
    # Imported here: a run over text files alone does not pay for the libraries of the other forms.
    if suffix == ".txt":
        from .text import decode

        text = decode(data)
        if _PAGE.match(text):
            suffix = ".html"
    if suffix == ".pdf":
        from .pdf import pdf_text

        text = pdf_text(data)
    elif suffix != ".txt":
        from .html import html_text

        text = html_text(data)
    if not text or text.isspace():
        raise Unreadable("it holds no text.")
    return text


def label_line(line: str) -> str:
    """The line with its label set off as in a website copy: `Decision: Upheld` becomes `Decision : Upheld`."""
    found = _LABEL_LINE.match(line)
    return f"{found[1]} : {line[found.end() :]}" if found else line


def list_indent(above: int, ordered: bool) -> int:
    """Where a list's markers stand, its parent's standing at above (0: none): in website copies 2, below it 6 for
    numbers and 4 for bullets, then 2 more a level."""
    return min(above + (4 if ordered and above == 2 else 2), MAX_INDENT)
