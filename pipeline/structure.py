"""Text to structure: sections with their part, paragraphs with the decision's own numbers, list items, sentences.

The same decision comes in several layouts (FIELD.md): with numbers that start again under every heading, with
numbers straight through, with a dash before everything and the levels lost, with no markers at all. What is a
paragraph, what an item and what a heading is decided here, once; later stages ask only for blocks.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import regex

from pipeline import language, patterns
from pipeline.records import Block, Decision, Section
from pipeline.signs import is_next

# With the arrows, squares and dingbats that word processors offer, and what copies make of their symbol fonts.
_BULLETS = r"[•·>*–—\-o~\u2043\u2023\u2190-\u21ff\u25a0-\u25ff\u2700-\u27bf\uf000-\uf0ff]"

# A line that is not blank. No part gives back what it took: a marker with nothing behind it makes no line.
_LINE = re.compile(
    r"^(?P<indent>[ \t\u00a0]*+)"
    # no marker begins with a capital, as most lines do, but for the letters of a list
    r"(?:(?![A-Z](?![.)][^\S\n]))(?P<marker>(?:\(?[A-H][.)]|[1-9](?=[^\S\n]+[A-Za-z])|\d{1,3}[.)]|\d{1,3}\.\d{1,2}(?=[^\S\n]+[A-Za-z])\.?|\(?[a-z]{1,2}\)|[a-z][.)]"
    r"|\(?[ivx]{1,5}[).]|\(\d{1,2}\)|" + _BULLETS + r")(?=[^\S\n])))?+"
    r"[ \t\u00a0]*+(?P<text>[^\n]*\S)\n*+",
    re.M,
)
_LINE_MAX, _HEADING_MAX = 400, 110  # characters of a heading that the patterns know, and of one that they do not
_SET_OFF = re.compile(r"^(?:#{1,6}\s+|[*_]{1,3}(?=\w))|\s*:?[*_]{0,3}:?$")
_ENDS_SENTENCE = re.compile(r"[.!?;,:][\"'”’)\]]*$")
# ends like a sentence, or is one with a reference to the law behind it, or is such a reference
_NO_HEADING = re.compile(r"[.!?;,:][\"'”’)\]]*$|[.!?]\s*\(|^\(.*\)\.?$")

_CHROME, _LABEL = "chrome", "final_decision_label"
_SHORT, _SENTENCES = 60, (_CHROME, "end")  # a longer line that ends in a full stop is one of these parts, or no heading


class NotADecision(ValueError):
    """The text is not one decision; the message says, in a sentence, why."""


@functools.cache
def _words(name: str) -> tuple[str, ...]:
    """A word list of `patterns/sections.toml`."""
    return tuple(patterns.settings("sections")[name])


@functools.lru_cache(maxsize=8192)
def part_of_heading(line: str) -> str | None:
    """The part a heading opens, `chrome` for the website's own lines, None where no pattern of `sections` knows it."""
    if len(line) > _LINE_MAX:
        return None
    # set off by other signs in other copies: "**Agreed action**", "Agreed action:", and no label of the heading
    if line.startswith(("#", "*", "_")) or (line.endswith(":") and not line.startswith(_words("labels"))):
        line = _SET_OFF.sub("", line) or line
    sentence = len(line) > _SHORT and line.endswith(".")
    for pattern, expression in language.expressions("sections"):
        if sentence and pattern.says["part"] not in _SENTENCES:
            continue
        if expression.search(line):
            return pattern["part"]
    return None


class _Line:
    """A line that is not blank: its marker, its indent, and its text with where it stands.

    `summary` is how many characters "Summary:" takes at the start, None where it is not there.
    """

    __slots__ = ("end", "indent", "kind", "marker", "part", "start", "summary", "text")

    def __init__(self, found: re.Match):
        indent, marker, text = found.groups()
        self.start, self.end = found.span(3)
        self.indent = len(indent.expandtabs(4)) if indent else 0
        self.text = text
        self.part = self.summary = None
        if marker:
            self.marker = marker
            self.kind = "digit" if marker[0].isdigit() and marker[-1] in ".)" else "dash" if marker == "-" else "bullet"
            return
        self.marker = self.kind = ""
        if len(text) <= _LINE_MAX:
            self.part = part_of_heading(text)
        if text[0] in "Ssſ":
            self.summary = _summary_text(text[:100])


def parse(text: str) -> Decision:
    """A Decision with text, sections and blocks.

    The website's own lines before and after the decision are cut off; `Decision.text` is what is left.
    Raises NotADecision where nothing in the text has the form of one.
    """
    lines = _trim(_without_initials([_Line(found) for found in _LINE.finditer(text)], text))
    if not lines:
        raise NotADecision("it has no text that could be a decision")
    offset, end = text.rfind("\n", 0, lines[0].start) + 1, lines[-1].end
    if offset:
        for line in lines:
            line.start -= offset
            line.end -= offset
    decision = Decision(text=text[offset:end])
    _lay_out(decision, lines)
    _must_be_one_decision(decision, lines)
    return decision


def _without_initials(lines: list[_Line], text: str) -> list[_Line]:
    """The lines, where a capital, and a number with no stop, is a marker only in a list from A to B, or from 1 to 2, or
    further: "B. Smith" has none, nor has "2 months later". One with no stop before capitals has its lead-in too.
    """
    signs = [n for n, line in enumerate(lines) if line.marker.lstrip("(")[:1].isupper() or line.marker.isdigit()]
    run: list[_Line] = []
    for n, following in itertools.zip_longest(signs, signs[1:]):
        run.append(lines[n])
        if len(run) == 1:
            bare = run[0].marker.isdigit() and run[0].text[0].isupper()
            led = not bare or (n > 0 and _leads(lines[n - 1].text))
        if following is not None and is_next(lines[n].marker, lines[following].marker):
            continue
        if run[0].marker.lstrip("(")[0] not in "A1" or len(run) == 1 or not led:
            for single in run:
                single.start = text.rindex(single.marker, 0, single.start)
                single.text, single.marker, single.kind = text[single.start : single.end], "", ""
        run = []
    return lines


_REFERENCE = re.compile(r"\(\s*\d{2}[ -]\d{3}[ -]\d{3}[a-z]?\s*\)")


def _must_be_one_decision(decision: Decision, lines: list[_Line]) -> None:
    """Raises NotADecision for listings, guidance, news: what has not the sections of one decision.

    A decision has, under its summary or label, at least a complaint and what was found or decided (FIELD.md).
    """
    summaries = sum(line.summary is not None for line in lines)
    if summaries > 2:
        raise NotADecision(f"it lists {summaries} decisions and is not one itself")
    parts = {section.part for section in decision.sections}
    body = parts & {"complaint", "powers", "consideration", "findings", "action", "final_decision"}
    if len(body) < 2 and not ({"summary", "final_decision"} <= parts):
        raise NotADecision("it has none of the sections of a decision (complaint, findings, final decision)")
    if not any(block.section for block in decision.blocks):
        raise NotADecision("it has headings of a decision and no text under them")


def _trim(lines: list[_Line]) -> list[_Line]:
    """Without the website's lines at either end, and without what follows the closing line and its chrome."""
    first = 0
    while first < len(lines) and lines[first].part == _CHROME:
        first += 1
    last = len(lines)
    # behind the closing line only the website speaks, up to a further section of the decision
    for i in range(len(lines) - 1, first - 1, -1):
        if lines[i].part == "end":
            last = i + 1
        if lines[i].part not in (None, _CHROME):
            break
    while last > first and lines[last - 1].part == _CHROME:
        last -= 1
    return lines[first:last]


def _lay_out(decision: Decision, lines: list[_Line]) -> None:
    text, sections, blocks = decision.text, decision.sections, decision.blocks
    lines = lines[_first_of_body(lines) :]
    _tell_signs_apart(lines)
    digits = [line for line in lines if line.kind == "digit"]
    decision.layout = layout = _layout(lines, len(digits))
    top = min(line.indent for line in digits) + 1 if layout == "numbered" else -1  # the deepest of the first level
    straight = layout == "numbered" and _runs_straight(digits, top)
    only_marked = layout != "plain"  # paragraphs without a marker do not count

    section = Section("", "heading", 0, lines[0].start)
    sections.append(section)
    at, counts = 0, False  # the section's place, and whether its paragraphs do
    known: set[str] = set()  # the parts that headings have opened
    number = 0
    stack: list[tuple[int, int]] = []  # (indent, block) of the open lead-ins
    opened = _OpenList()
    for line, following in itertools.zip_longest(lines, lines[1:]):
        part, start, end = line.part, line.start, line.end
        if part == _CHROME:
            opened.close()
            continue
        if part == _LABEL:
            _open(sections, line, "", "summary")
            continue
        if line.summary is not None:
            _open(sections, line, text[start : start + 7], "summary")
            start += line.summary
            if start < end:
                blocks.append(Block(start, end, len(sections) - 1))
            continue
        # a lead-in opens a list, never a section; nor does "For Mr H" in one
        whose = opened.lead is not None and not (part or line.marker) and _is_for_somebody(line.text)
        if part or (not (line.marker or whose) and _is_heading(line.text, layout, opened)):
            heading = line.text.rstrip(":").strip() if part else line.text
            part = part or _part_after(sections[-1].part, known)
            known.add(part)
            _open(sections, line, heading, part)
            opened.close()
            stack.clear()
            continue
        if len(sections) == 1:
            _open(sections, line, "", "summary")
        if section is not sections[-1]:
            section, at = sections[-1], len(sections) - 1
            counts = section.part not in ("summary", "heading", "end")
        # most lines: with no list open, a number of the first level or no marker
        if opened.lead is None and (not line.marker or (line.kind == "digit" and line.indent <= top)):
            depth, parent = 0, None
        elif whose:
            parent = opened.outermost()
            depth = blocks[parent].depth + 1
            while stack and stack[-1][1] > parent:
                stack.pop()
        else:
            depth, parent = _place(line, following, decision, top, stack, opened)
        own: int | None = None
        if depth:
            own = number or None if parent is None else blocks[parent].number
        else:
            stack.clear()
            if counts and (line.marker or not only_marked):
                own = number = int(line.marker[:-1]) if straight else number + 1
        stack.append((line.indent, len(blocks)))
        leads = whose or _leads(line.text)
        if leads or depth or opened.lead is not None:
            opened.saw(line.text, len(blocks), depth, leads)
        blocks.append(Block(start, end, at, depth, own, parent, line.marker))
    _settle_parts(sections)
    for section, following in itertools.pairwise(sections):
        section.end = following.start
    sections[-1].end = len(text)


def _open(sections: list[Section], line: _Line, heading: str, part: str) -> None:
    if sections and sections[-1].part == part == "summary" and not sections[-1].heading:
        sections[-1].heading = heading
        return
    sections.append(Section(heading, part, line.start, line.end))


def _part_after(part: str, known: set[str]) -> str:
    """The part an unknown heading opens: the one it stands in, findings once the consideration is over."""
    if part in ("heading", "summary"):
        return "complaint"
    if part in ("consideration", "powers", "scope") and "consideration" in known:
        return "findings"
    return part


_ONLY_BEFORE = ("summary", "complaint", "scope", "powers")
_UNKNOWN_IN = ("complaint", "scope", "powers", "consideration")


def _of_heading(kind: str) -> Callable[[str], regex.Match | None]:
    return language.expression(f"context.heading-{kind}").match


def _settle_parts(sections: list[Section]) -> None:
    """Parts come in order: "Complaint" or "Decision" over a part of the findings opens no new part."""
    last_decision = max((i for i, s in enumerate(sections) if s.part == "final_decision"), default=0)
    # the last of the parts that a decision over them belongs to
    last_found = max((i for i, s in enumerate(sections[:last_decision]) if s.part in ("findings", "action")), default=0)
    improvements = language.expression("context.heading-for-others").search
    last_action = max(
        (
            i
            for i, s in enumerate(sections)
            # improvements alone come behind the remedy, whatever that is headed
            if s.part == "action" and part_of_heading(s.heading) == "action" and not improvements(s.heading)
        ),
        default=0,
    )
    injustice, discussion = _of_heading("injustice"), _of_heading("discussion")
    law_or_action = _of_heading("law-or-action")
    found = (i for i, s in enumerate(sections) if part_of_heading(s.heading) == "findings")
    last_analysis = max((i for i in found if not injustice(sections[i].heading)), default=0)
    open_part, considered, complaint = "", False, _settle_box(sections, last_action)
    for i, section in enumerate(sections):
        if section.part == "final_decision" and i < last_found:
            section.part = "findings"
        elif section.part == "action" and i < last_analysis and law_or_action(section.heading):
            section.part = "findings"  # the rules, which come before what happened
        elif (
            section.part == "action"
            and i < last_action
            and (
                discussion(section.heading)
                or (open_part == "findings" and part_of_heading(section.heading) != "action")
            )
            and not discussion(sections[last_action].heading)
        ):
            # what a panel recommended, or the talk of a remedy, before the actions themselves
            section.part = "findings"
        elif section.part == "consideration" and open_part == "findings" and considered:
            section.part = "findings"  # "The investigation" over a part of the findings
        elif section.part in _ONLY_BEFORE and open_part in ("findings", "action") and i > complaint:
            section.part = open_part
        open_part = section.part
        considered = considered or open_part == "consideration"
    ending = [s for s in sections if s.part not in ("end", "chrome")][-1:]
    if not last_decision and ending and _of_heading("conclusion")(ending[0].heading):
        ending[0].part = "final_decision"
    if any(s.part == "findings" for s in sections):
        return
    for section in sections:  # no heading that is known is over what was found: one that is not is
        if section.heading and section.part in _UNKNOWN_IN and part_of_heading(section.heading) is None:
            section.part = "findings"


def _settle_box(sections: list[Section], last_action: int) -> int:
    """The place of the complaint where a report's finding or recommendations stand in a box before it, else -1; what
    is recommended in the box is said again under the last heading of that sort, and so belongs to the summary.
    """
    parts = [section.part for section in sections]
    complaint = parts.index("complaint") if "complaint" in parts else -1
    before, box = parts[: max(complaint, 0)], _of_heading("box")
    if "consideration" in before or not any(box(section.heading) for section in sections[: max(complaint, 0)]):
        return -1
    if complaint < last_action:
        for section in sections[:complaint]:
            section.part = "summary" if section.part == "action" and box(section.heading) else section.part
    return complaint


_SUMMARY = re.compile(r"summary\s*[:–-]\s*", re.I)


def _summary_text(text: str) -> int | None:
    found = _SUMMARY.match(text)
    return found.end() if found and found.end() < len(text) else None


def _first_of_body(lines: list[_Line]) -> int:
    """The place of the line the decision proper starts with: its label, summary or first known heading.

    A contents list under the heading repeats the headings as list items; it belongs to the heading.
    """
    for i, line in enumerate(lines):
        if line.part == _LABEL or line.summary is not None:
            return i
        # "Decision" is a label where its sign and "Upheld" stand on the lines behind it
        is_label = i + 1 < len(lines) and lines[i + 1].text in (":", ">")
        if line.part and line.part not in (_CHROME, "end") and not is_label:
            return i
    return 0


def _tell_signs_apart(lines: list[_Line]) -> None:
    """Where paragraphs begin with a bullet, and the items of lists with another sign, it stands for the dash."""
    first = [
        after.marker
        for heading, after in itertools.pairwise(lines)
        if heading.part and not heading.marker and not after.part
    ]
    signs = Counter(marker for marker in first if marker and not marker[0].isalnum())
    sign, count = signs.most_common(1)[0] if signs else ("-", 0)
    others = {line.marker for line in lines if line.kind in ("dash", "bullet")} - {sign}
    if sign == "-" or not others or 2 * count < len(first):
        return
    for line in lines:
        if line.kind in ("dash", "bullet"):
            line.kind = "dash" if line.marker == sign else "bullet"


def _layout(lines: list[_Line], digits: int) -> str:
    """`numbered` (1. 2. 3.), `compact` (a dash before all) or `plain` (paragraphs without markers)."""
    bare = [line.end - line.start for line in lines if not line.kind and not line.part]
    dashes = sum(line.kind == "dash" for line in lines)
    items = dashes > digits and _sections_begin_with_dashes(lines)  # the numbers are those of lists in a compact copy
    if digits >= 2 and digits * 2 >= sum(length > 120 for length in bare) and not items:
        return "numbered"
    if not dashes:
        return "plain"
    paragraphs = sum(length > 160 for length in bare)
    return "compact" if dashes > 1.5 * max(paragraphs - 1, 0) and _sections_begin_with_dashes(lines) else "plain"


def _sections_begin_with_dashes(lines: list[_Line]) -> bool:
    """In a compact copy all paragraphs do, not only the items of lists."""
    first = [
        after for heading, after in itertools.pairwise(lines) if heading.part and not heading.marker and not after.part
    ]
    dashes = sum(line.kind == "dash" for line in first)
    return 2 * dashes >= len(first)


def _runs_straight(digits: list[_Line], top: int) -> bool:
    """True where the printed numbers go straight through all sections and so are the decision's own."""
    numbers = [int(line.marker[:-1]) for line in digits if line.indent <= top]
    return len(numbers) > 2 and numbers.count(1) == 1 and all(b == a + 1 for a, b in itertools.pairwise(numbers))


_DEEPEST = 8  # what is set deeper hangs on the list above it: no decision has such, stages go down level by level


class _OpenList:
    """The list that a lead-in ending in a colon has opened, as far as it can be known without levels."""

    def __init__(self) -> None:
        self.outer: list[tuple] = []
        self.close()

    def close(self) -> None:
        self.lead: int | None = None
        self.depth = self.items = 0
        self.last_end = ""
        self.first_is_clause = False
        self.first_form = ""
        self.outer.clear()

    def pop(self) -> bool:
        """Goes back to the list around this one; false where there is none."""
        if not self.outer:
            return False
        self.lead, self.depth, self.items, self.first_is_clause, self.first_form = self.outer.pop()
        return True

    def outermost(self) -> int:
        """The lead-in of the list that all others are in; one must be open."""
        lead = self.outer[0][0] if self.outer else self.lead
        assert lead is not None
        return lead

    def saw(self, text: str, index: int, depth: int, leads: bool) -> None:
        """A line has become a block with this index and depth; `leads`: a list may follow it."""
        if leads and depth < _DEEPEST:
            if self.lead is not None and depth:
                self.outer.append((self.lead, self.depth, self.items + 1, self.first_is_clause, self.first_form))
            else:
                self.outer.clear()
            self.lead, self.items, self.depth = index, 0, depth
        elif depth:
            self.items += 1
        elif self.lead is not None:
            self.close()
        self.last_end = text[-8:] if len(text) <= _LINE_MAX else ""


def _leads(text: str) -> bool:
    """May a list follow a line of this text?"""
    sign = text[-1]
    if sign == ".":
        # the expression is tried only where one of its words stands
        words = "follow" in text[-120:] or text.endswith("below.")
        follows = language.expression("context.list-follows").search
        return words and follows(text, max(0, len(text) - 120)) is not None
    if sign.isalpha():  # "The Council has agreed to" over "1. lift the ban"
        return text.endswith(_words("open_ends"))
    return sign == ":" or (sign == "-" and not (len(text) <= _LINE_MAX and text.endswith("--")))


_CONTINUES = re.compile(r"(?:[;,]|[;,]?\s(?:and|or|but|then))$", re.I)


def _is_heading(text: str, layout: str, opened: _OpenList) -> bool:
    """Is a line without a marker, which the patterns do not know, a heading?"""
    if len(text) > _HEADING_MAX:
        return False
    if _NO_HEADING.search(text):
        return text[-1] == "?" and len(text) < 80 and opened.lead is None
    if text.endswith(_words("open_ends")):
        return False
    if len(text) > 50 and language.expression("context.heading-no-more").search(text):
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "‘“'\""):
        return False
    if opened.lead is None:
        return True
    if not opened.items or layout != "plain":
        return bool(opened.items)
    # an item of a plain list may read like a heading ("Remedy")
    return not _CONTINUES.search(opened.last_end) and not _starts_like_action(text)


@functools.cache
def _action_words() -> frozenset[str]:
    return patterns.class_forms("action")


def _starts_like_action(text: str) -> bool:
    return text.split(" ", 1)[0].lower().strip(",") in _action_words()


def _is_timed_action(text: str) -> bool:
    time = language.expression("context.time-before-verb").match(text)
    return time is not None and _starts_like_action(text[time.end() :])


def _is_for_somebody(text: str) -> bool:
    """Is a line in a list "For Mr H", which says for whom the items behind it are?"""
    return text.startswith(("For ", "To ")) and language.expression("context.for-whom").match(text) is not None


def _place(
    line: _Line, following: _Line | None, decision: Decision, top: int, stack: list, opened: _OpenList
) -> tuple[int, int | None]:
    """The depth of a line and the block it hangs on."""
    if decision.layout == "numbered":
        if not line.marker:
            # a copy may have lost the markers of a list's items: they begin small
            # or with a sum, or the one before ends in a semicolon
            bare = not opened.items or not decision.blocks[-1].marker  # no item before it has one
            goes_on = opened.items and opened.last_end.endswith((";", "; and")) and _starts_like_action(line.text)
            item = opened.lead is not None and (line.text[0].islower() or (bare and (line.text[0] == "£" or goes_on)))
            return (opened.depth + 1, opened.lead) if item else (0, None)
        if line.kind == "digit" and line.indent <= top:
            return (opened.depth + 1, opened.lead) if _numbered_anew(line, decision, stack, opened) else (0, None)
        # the first of a list that opens a section is no paragraph, and the others stand beside it
        while stack and stack[-1][0] >= line.indent and (len(stack) > 1 or decision.blocks[stack[0][1]].depth):
            stack.pop()
        if not stack:
            return (1, None)
        parent = stack[-1][1]
        if decision.blocks[parent].depth >= _DEEPEST:
            parent = decision.blocks[parent].parent
        return decision.blocks[parent].depth + 1, parent
    if decision.layout == "compact":
        if not line.marker or opened.lead is None:
            return 0, None
        if line.kind == "bullet":
            return _by_sign(line, decision, opened)
        before = decision.blocks[-1]
        numbers = before.marker[:1].isdigit() and line.marker[:1].isdigit()
        if before.depth == 1 and before.marker != line.marker and not numbers:
            return 0, None  # the items of the list have a sign of their own
        return _in_list(line, decision, opened)
    if line.marker:
        return _by_sign(line, decision, opened) if opened.lead is not None else (1, _last_paragraph(decision))
    if _is_behind_list(line, following, decision, opened):
        return 0, None
    return _in_list(line, decision, opened)


def _is_behind_list(line: _Line, following: _Line | None, decision: Decision, opened: _OpenList) -> bool:
    """Is a line without a sign a paragraph behind a list whose items have signs: does it lead in another, or stand
    before none of them?
    """
    if not opened.items or not decision.blocks[-1].marker or _CONTINUES.search(opened.last_end):
        return False
    if not line.text[0].isupper() or _starts_like_action(line.text):
        return False
    return _leads(line.text) or following is None or not following.marker


def _numbered_anew(line: _Line, decision: Decision, stack: list, opened: _OpenList) -> bool:
    """Is a number an item's, in a copy that lost its indents: 1 behind a colon, and those that go on from it?"""
    if opened.lead is None or not stack:
        return False
    number = int(line.marker[:-1])
    if number != opened.items + 1:
        return _goes_on_numbered(line, number, decision, opened)
    indent, before = stack[-1]
    if indent != line.indent or (opened.items and not decision.blocks[before].depth):
        return False
    outer = re.match(r"\d+", decision.blocks[opened.lead].marker)
    return not outer or number != int(outer[0]) + 1 or _goes_on(line, decision, opened)


def _goes_on_numbered(line: _Line, number: int, decision: Decision, opened: _OpenList) -> bool:
    """Is a number that of an item which goes on from the list before, behind a lead-in with none: "Within two months
    it should:" between 2 and 3?
    """
    blocks = decision.blocks
    before = blocks[-1] if opened.items and number - opened.items > 1 else None
    if not opened.items and len(blocks) > 1 and opened.lead == len(blocks) - 1 and not blocks[-1].marker:
        before = blocks[-2]
    return before is not None and before.depth > 0 and before.marker == f"{number - 1}{line.marker[-1]}"


def _by_sign(line: _Line, decision: Decision, opened: _OpenList) -> tuple[int, int | None]:
    """The place of an item in the open list, or in the one around it where its sign goes on from that list's: "(3)"
    behind "(2)" and its "(a)" and "(b)".
    """
    while opened.outer and opened.items and opened.lead is not None:
        lead, before = decision.blocks[opened.lead].marker, decision.blocks[-1].marker
        if (
            before == line.marker
            or is_next(before, line.marker)
            or not (lead == line.marker or is_next(lead, line.marker))
        ):
            break
        opened.pop()
    return opened.depth + 1, opened.lead


def _last_paragraph(decision: Decision) -> int | None:
    for i in range(len(decision.blocks) - 1, max(-1, len(decision.blocks) - 60), -1):
        if decision.blocks[i].depth == 0:
            return i
    return None


def _item_form(text: str) -> str:
    """How an item begins: the items of one list begin alike."""
    return "small" if text[:1].islower() else "sum" if text[:1] == "£" else "large"


def _in_list(line: _Line, decision: Decision, opened: _OpenList) -> tuple[int, int | None]:
    """The place of a line whose level is lost: in the innermost open list that it goes on, else a paragraph."""
    while opened.lead is not None:
        if _goes_on(line, decision, opened):
            return opened.depth + 1, opened.lead
        if not opened.pop():
            break
    return 0, None


def _goes_on(line: _Line, decision: Decision, opened: _OpenList) -> bool:
    """Does this line, whose level is lost, belong to the open list?"""
    text = line.text[:100]
    if opened.items and (_CONTINUES.search(opened.last_end) or text[0].islower()):
        return True
    acts = _is_timed_action(text)
    clause = not acts and language.expression("context.opens-clause").match(text) is not None
    if not opened.items:
        opened.first_is_clause, opened.first_form = clause, _item_form(text)
        return True
    form, ended = _item_form(text), opened.last_end.endswith((".", "!", "?"))
    if opened.outer and form == opened.outer[-1][-1] != opened.first_form:
        return False  # an item in the form of the list around this one
    if opened.first_form in ("small", "sum") and form == "large" and ended:
        return False  # items that begin small are followed by a sentence that begins large
    if not _ENDS_SENTENCE.search(opened.last_end):
        return True  # an item without a full stop: the list is of phrases, and goes on
    if acts or (not clause and text[:1].isupper() and _starts_like_action(text)):
        return True
    if opened.first_is_clause:
        return decision.layout == "compact"
    return not clause


# --- sentences -------------------------------------------------------------------------------------------------


def _none_of(words: Iterable[str]) -> str:
    """An expression that matches behind a full stop with none of the words before it."""
    of_width = ("|".join(map(re.escape, same)) for _, same in itertools.groupby(sorted(words, key=len), key=len))
    # "the Home's." ends in no "s."
    return "".join(rf"(?<![\s(\[“‘\"](?:{same})\.)(?<!\s'(?:{same})\.)(?<!\A(?:{same})\.)" for same in of_width)


# what ends a sentence, with the blanks behind it: no small letter, and behind "No." no figure, goes on from there. Of
# several signs in a row it begins with the first, so that a long row is read once
_STOP = re.compile(
    rf"(?<![.!?])(?:[!?]|\.{_none_of(_words('abbreviations'))})"
    r"(?:[.!?]*+[\"'”’)\]]*+(?=\s|$)|(?<=[a-z][a-z)]\.)(?=[A-Z][a-z]))"
    rf"(?!\s{{0,2}}[a-zß-öø-ÿ])(?:{_none_of(_words('before_numbers'))}|(?!\s{{0,2}}\d))(?P<blank>\s*)"
)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph or item as (start, end), by LABELLING.md's rule.

    A sentence ends at . ! ? or at the end of its block; not at "Mr.", "s.17", a reference or a decimal point.
    """
    known = _sentences_of(text)
    if (start, end) not in known:
        known[start, end] = list(each_sentence(text, start, end))
    return iter(known[start, end])


@functools.lru_cache(maxsize=1)  # the decision in hand, of whose paragraphs several stages ask
def _sentences_of(text: str) -> dict[tuple[int, int], list[tuple[int, int]]]:
    return {}


def each_sentence(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """`sentences` of any place, found one by one and not remembered: for those who want the first few."""
    at = start
    for found in _STOP.finditer(text, start, end):
        yield at, min(found.start("blank"), at + language.MAX_SENTENCE)
        at = found.end()
    if at < end:
        yield at, min(end, at + language.MAX_SENTENCE)
