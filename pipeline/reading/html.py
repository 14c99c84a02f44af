"""HTML pages to text in the layout of a website copy.

The parser is libxml2's (lxml), fed event by event: no tree is built, nothing is recursive, cost is linear in the page.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from . import LABELS, Unreadable, label_line, list_indent
from .text import decode

MAX_DEPTH = 2_500
"""Open elements at one time. An end tag without a start tag costs the parser a walk up them all."""

_DROPPED = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "form",
        "nav",
        "button",
        "select",
        "textarea",
        "svg",
        "iframe",
        "object",
        "audio",
        "video",
        "dialog",
    ]
)
_DROPPED_ROUND_MAIN = frozenset(["header", "footer", "aside"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
# Blocks with a blank line round them, and blocks that merely begin a line.
_SPACED = _HEADINGS | frozenset(
    ["p", "blockquote", "pre", "table", "dl", "hr", "section", "article", "figure", "address"]
)
_BLOCKS = _SPACED | frozenset(
    [
        "div",
        "dt",
        "dd",
        "tr",
        "caption",
        "figcaption",
        "details",
        "summary",
        "main",
        "header",
        "footer",
        "aside",
        "fieldset",
        "center",
        "body",
    ]
)
_LISTS = frozenset(["ol", "ul", "menu", "dir"])
_BANNER = re.compile(r"cookie|consent|gdpr|onetrust", re.I)
_JOINING = frozenset(["heading", "label", "value", "term", "cell"])
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_LABEL = re.compile(r"(?:^|[\s_-])label(?:$|[\s_-])|Label(?:$|\s)")
_VALUE = re.compile(r"(?:^|[\s_-])value(?:$|[\s_-])|Value(?:$|\s)")
_NUMBER = re.compile(r"\s*(-?\d{1,9})")
# Not \s: a non-breaking space stays.
_SPACE = re.compile(r"[ \t\n\r\f]+")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)
_ONE_BYTE = re.compile(r"(?:windows-125[0-8]|cp125[0-8]|iso-8859-\d{1,2})$")

# How far the text's own element is singled out, best first.
_ARTICLE, _MAIN, _BODY, _EVERYTHING = 3, 2, 1, 0


def html_text(data: bytes) -> str:
    """The text of the page's `<article id="article">`, else of its `<main>`, else of its body less what stands round.

    data: the page in any encoding its meta element or byte order mark names (else UTF-8 or Windows-1252).
    Raises Unreadable for binary content, for elements nested too deep, and where no text is left.
    """
    page = _characters(data).encode("utf-8", "replace")
    for scope in (_ARTICLE, _MAIN, _BODY, _EVERYTHING):
        target = _Layout(scope)
        parser = etree.HTMLParser(target=target, huge_tree=True, encoding="utf-8")
        try:
            # In pieces, so that the depth is looked at in time.
            for at in range(0, len(page), 32_768):
                parser.feed(page[at : at + 32_768])
                if target.deepest > MAX_DEPTH:
                    raise Unreadable(f"its elements are nested more than {MAX_DEPTH:,} deep.")
            lines = parser.close()
        except etree.XMLSyntaxError:
            lines = []
        if lines:
            return "\n".join(lines) + "\n"
    raise Unreadable("the page holds no text.")


def _characters(data: bytes) -> str:
    """The page's characters by the encoding its meta element names, if it does and keeps to it."""
    found = _META_CHARSET.search(data, 0, 4096)
    name = found[1].decode().lower() if found else ""
    # As browsers do: these two names mean Windows-1252.
    name = "windows-1252" if name in ("iso-8859-1", "latin1") else name
    if _ONE_BYTE.match(name) and b"\0" not in data and not data.startswith(b"\xef\xbb\xbf"):
        try:
            return data.decode(name, "replace")
        except LookupError:
            pass
    return decode(data)


class _List(NamedTuple):
    ordered: bool
    indent: int


class _Layout:
    """Parser target that lays out the text as its events come. One element's end undoes what its start did."""

    def __init__(self, best: int) -> None:
        self.best = best  # the best scope looked for
        self.scope = min(best, _BODY)
        self.open: list[tuple[str, str]] = []  # tag, and its role
        self.deepest = 0
        self.closed = False  # the scope's element has ended
        self.clear()

    def clear(self) -> None:
        self.skipping = 0  # depth of the element that is skipped, 0 when none is
        self.scope_depth = 0
        self.lines: list[str] = []
        self.parts: list[str] = []  # the line under way
        self.marker = ""  # list marker waiting for its text
        self.hang = ""  # indent of an item's further lines
        self.lists: list[_List] = []
        self.counts: list[int] = []
        self.joined: list[str] = []  # roles of the open elements whose line breaks are spaces
        self.pre = 0
        self.label_waits = False  # a label stands at the line's end and its value has not come
        self.break_waits = ""

    # Events

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        depth = len(self.open) + 1
        if depth > self.deepest:
            self.deepest = depth
        if self.scope < self.best:
            found = (
                _ARTICLE
                if tag == "article" and attributes.get("id") == "article"
                else _MAIN
                if tag == "main" or attributes.get("role") == "main"
                else _BODY
            )
            if self.scope < found <= self.best:
                self.clear()  # what stood before it is not the text
                self.scope, self.scope_depth, self.closed = found, depth, False
                self.open.append((tag, "scope"))
                return
        if self.skipping or self.closed or self.deepest > MAX_DEPTH:
            self.open.append((tag, ""))
            return
        if self.dropped(tag, attributes):
            self.skipping = depth
            self.open.append((tag, "skip"))
            return
        self.open.append((tag, self.begin(tag, attributes)))

    def end(self, tag: str) -> None:
        if not self.open:
            return
        depth = len(self.open)
        tag, role = self.open.pop()
        if role == "skip":
            self.skipping = 0
        elif role == "scope" and depth == self.scope_depth:
            self.line(blank=True)
            self.closed = True
        elif not (self.skipping or self.closed):
            self.finish(tag, role)

    def data(self, text: str) -> None:
        if self.skipping or self.closed:
            return
        if self.pre:
            for n, piece in enumerate(text.split("\n")):
                if n:
                    self.line()
                self.parts.append(piece)
            return
        # Most text has no such white space but single blanks; the expression would stop at each of them.
        if "  " in text or "\n" in text or "\t" in text or "\r" in text or "\f" in text:
            text = _SPACE.sub(" ", text)
        if text == " " or not text:
            if text and self.parts and not self.parts[-1].endswith(" "):
                self.parts.append(" ")
            return
        if self.label_waits:
            self.settle_label(text)
            text = text.lstrip(" ")
            if text.startswith(":"):
                text = text[1:].lstrip(" ")
        if text.startswith(" ") and (not self.parts or self.parts[-1].endswith(" ")):
            text = text[1:]
        if text:
            self.parts.append(text)

    def comment(self, text: str) -> None:
        pass

    def close(self) -> list[str]:
        self.line()
        while self.lines and not self.lines[-1]:
            self.lines.pop()
        return self.lines

    # Elements

    def dropped(self, tag: str, attributes: Mapping[str, str]) -> bool:
        if tag in ("head", "script", "style", "template", "select", "textarea"):
            return True
        if self.scope == _EVERYTHING:
            return False
        if tag in _DROPPED or (self.scope == _BODY and tag in _DROPPED_ROUND_MAIN):
            return True
        if not attributes or tag in ("body", "html"):  # those often have a class such as cookies-accepted
            return False
        return (
            attributes.get("hidden", "until-found") != "until-found"
            or bool(_HIDDEN.search(attributes.get("style", "")))
            or (
                tag in ("div", "section", "aside", "p")
                and bool(_BANNER.search(attributes.get("id", "") + " " + attributes.get("class", "")))
            )
        )

    def begin(self, tag: str, attributes: Mapping[str, str]) -> str:
        """Lays out an element's start and returns its role."""
        kind = attributes.get("class", "") if attributes else ""
        label, value = (bool(_LABEL.search(kind)), bool(_VALUE.search(kind))) if kind else (False, False)
        if label and not value and not self.joined:
            self.line(blank=tag in _SPACED)
            return self.join("label")
        if self.label_waits and (tag == "dd" or (value and not label)):
            self.label_waits, self.break_waits = False, ""
            return self.join("value")
        if tag == "dt" and not self.joined:
            self.line()
            return self.join("term")
        if tag in _LISTS:
            if self.in_cell():
                self.unjoin_cell()
            if not self.joined:
                self.line(blank=not self.lists)
                self.start_list(tag, attributes)
                return "list"
        elif tag == "li":
            if self.joined:  # categories as a list of links
                before = "".join(self.parts[-2:]).rstrip(" ")
                if before and not before.endswith((">", ":", "|")):
                    self.parts.append(" > ")
            else:
                self.start_item(attributes)
        elif tag in ("td", "th"):
            if self.in_cell():
                self.unjoin_cell()
            if not self.joined:
                self.start_cell()
                return self.join("cell")
        elif tag == "br":
            self.line()
        elif tag == "q":
            self.data("“")
        elif tag in _BLOCKS:
            if self.in_cell() and (tag in _HEADINGS or tag == "table"):
                self.unjoin_cell()
            self.line(blank=tag in _SPACED)
            if tag in _HEADINGS and not self.joined:
                return self.join("heading")
            if tag == "pre" and not self.joined:
                self.pre += 1
                return "pre"
        return ""

    def finish(self, tag: str, role: str) -> None:
        """Lays out an element's end."""
        if role in _JOINING and self.joined:
            self.joined.pop()
        if role == "label" or (role == "term" and self.line_so_far() in LABELS):
            self.end_label()
        elif role == "pre":
            self.pre -= 1
        elif role == "list":
            self.line()
            self.lists.pop()
            self.counts.pop()
            self.hang = " " * (self.lists[-1].indent + 3) if self.lists else ""
            self.marker = ""
            self.line(blank=not self.lists)
        elif tag == "q":
            self.data("”")
        elif tag == "li" and not self.joined:
            self.line()
            self.marker = ""
        elif tag in _BLOCKS:
            self.line(blank=tag in _SPACED)

    # Lines

    def line(self, blank: bool = False) -> None:
        """Ends the line under way; inside a heading, a label, a value or a cell that is a space."""
        if self.joined:
            if self.parts and not self.parts[-1].endswith(" "):
                self.parts.append(" ")
            return
        if self.label_waits:
            self.break_waits = "blank" if blank or self.break_waits == "blank" else "line"
            return
        if self.parts:
            text = "".join(self.parts).strip(" ")
            self.parts.clear()
            if text.strip("| "):
                self.lines.append(self.marker + text if self.marker else self.hang + label_line(text))
                self.marker = ""
        if blank and not self.lists and self.lines and self.lines[-1]:
            self.lines.append("")

    def line_so_far(self) -> str:
        return "".join(self.parts).strip(" :\xa0")

    def end_label(self) -> None:
        label = self.line_so_far()
        self.parts[:] = [label, " : "] if label else []
        self.label_waits = bool(label)

    def settle_label(self, text: str) -> None:
        """Text comes after a label without an element of class value: the value of a known label, else a new line."""
        self.label_waits = False
        if self.break_waits and self.line_so_far() not in LABELS:
            self.parts[:] = [self.line_so_far()]
            self.line(blank=self.break_waits == "blank")
        self.break_waits = ""

    def start_list(self, tag: str, attributes: Mapping[str, str]) -> None:
        ordered = tag == "ol"
        self.lists.append(_List(ordered, list_indent(self.lists[-1].indent if self.lists else 0, ordered)))
        start = _NUMBER.match(attributes.get("start", "")) if attributes else None
        self.counts.append(int(start[1]) if start else 1)

    def start_item(self, attributes: Mapping[str, str]) -> None:
        self.line()
        ordered, indent = self.lists[-1] if self.lists else (False, 2)
        mark = "•"
        if ordered:
            value = _NUMBER.match(attributes.get("value", "")) if attributes else None
            number = int(value[1]) if value else self.counts[-1]
            self.counts[-1] = number + 1
            mark = f"{number}."
        self.marker = f"{' ' * indent}{mark} "
        self.hang = " " * (indent + 3) if self.lists else ""

    def start_cell(self) -> None:
        before = self.line_so_far() if len(self.parts) < 5 else ""
        if before in LABELS:
            self.parts[:] = [before, " : "]
        elif self.open and self.parts:
            self.parts.append(" | ")

    def join(self, role: str) -> str:
        self.joined.append(role)
        return role

    def in_cell(self) -> bool:
        return bool(self.joined) and self.joined[-1] == "cell"

    def unjoin_cell(self) -> None:
        """A cell with lists, headings or tables in it lays out the page: its lines stand for themselves."""
        for n in range(len(self.open) - 1, -1, -1):
            if self.open[n][1] == "cell":
                self.open[n] = (self.open[n][0], "")
                self.joined.pop()
                self.line()
                return
