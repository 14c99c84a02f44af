"""Text to structure: sections and parts, the decision's own paragraph numbers, lists, sentences, and what is no decision."""

import re
from itertools import pairwise

import made_up
import pytest

from pipeline import signs
from pipeline.structure import NotADecision, parse, sentences

RENDERINGS = {
    "restart": made_up.website(),
    "straight": made_up.website(straight=True),
    "compact": made_up.compact(),
    "plain": made_up.plain(),
}


def blocks(decision):
    return [(b.number, b.depth, decision.text[b.start : b.end]) for b in decision.blocks]


def small(*lines):
    """A decision's structure with these lines as its findings, as a website copy."""
    head = "Kent County Council (24 000 111)\nThe Ombudsman's final decision:\nSummary: A summary.\nThe complaint\n  1. Mr X complained.\n"
    return parse(
        head + "What I found\n" + "\n".join(lines) + "\nFinal decision\n  1. I have completed my investigation.\n"
    )


def found(decision):
    return [
        row
        for row, block in zip(blocks(decision), decision.blocks, strict=True)
        if decision.part_of(block) == "findings"
    ]


# --- sections ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", RENDERINGS)
def test_sections_and_parts(layout):
    decision = parse(RENDERINGS[layout])
    assert [(s.heading, s.part) for s in decision.sections][:10] == [
        ("", "heading"),
        ("Summary", "summary"),
        ("The complaint", "complaint"),
        ("The Ombudsman’s role and powers", "powers"),
        ("How I considered this complaint", "consideration"),
        ("What I found", "findings"),
        ("What happened", "findings"),
        ("Analysis", "findings"),
        ("Agreed action", "action"),
        ("Final decision", "final_decision"),
    ]
    assert decision.sections[0].start == 0 and decision.sections[-1].end == len(decision.text)
    assert all(a.end == b.start for a, b in pairwise(decision.sections))


@pytest.mark.parametrize(
    ("instead_of", "heading", "part"),
    [
        ("Agreed action", "Agreed actions", "action"),
        ("Agreed action", "Recommended action", "action"),
        ("Agreed action", "Remedy", "action"),
        ("Agreed action", "Recommendations", "action"),
        ("Agreed action", "Agreed acton", "action"),
        ("Analysis", "My findings", "findings"),
        ("Analysis", "Events in March", "findings"),  # unknown: what stands there already
    ],
)
def test_part_of_a_heading(instead_of, heading, part):
    text = made_up.website().replace(f"\n{instead_of}\n", f"\n{heading}\n")
    assert next(s.part for s in parse(text).sections if s.heading == heading) == part


def test_a_heading_inside_the_findings_opens_no_earlier_part():
    text = made_up.website().replace("\nAnalysis\n", "\nThe complaint\n")
    assert [s.part for s in parse(text).sections if s.heading == "The complaint"] == ["complaint", "findings"]


def test_a_report_s_box_before_the_complaint_is_of_its_summary():
    box = "\nFinding\nFault found causing injustice and recommendations made.\nRecommendations\nThe Council has agreed to:\n"
    text = made_up.website().replace("\nThe complaint\n", f"{box}\nThe complaint\n", 1)
    parts = [(s.heading, s.part) for s in parse(text).sections]
    assert ("Finding", "findings") in parts and ("Recommendations", "summary") in parts
    assert ("The complaint", "complaint") in parts


def test_a_complaint_among_the_findings_is_no_box():
    text = made_up.website().replace("\nThe complaint\n", "\nBackground\n", 1).replace("\nAnalysis\n", "\nComplaint\n")
    assert [s.part for s in parse(text).sections if s.heading == "Complaint"] == ["findings"]


@pytest.mark.parametrize("cookies", ["before", "after"])
def test_the_website_s_lines_are_cut_off(cookies):
    decision = parse(made_up.website(cookies=cookies))
    assert decision.text.startswith("Wiltshire Council (22 111 222)") and decision.text.endswith(made_up.END)
    assert "Back to top" not in "".join(t for _, _, t in blocks(decision)) and "ookie" not in decision.text


def test_a_contents_list_is_of_the_heading():
    decision = parse(made_up.compact(contents=True))
    assert blocks(decision) == blocks(parse(made_up.compact()))


def test_label_lines_on_several_lines_are_of_the_heading():
    decision = parse(made_up.website(split=True))
    assert decision.text[: decision.sections[0].end].count("\n>\n") == 1
    assert blocks(decision) == blocks(parse(made_up.website()))


# --- paragraph numbers -------------------------------------------------------------------------------------------


def test_numbers_are_the_same_in_every_layout():
    """Straight through all sections, whatever is printed; summary, headings and sub-items do not count."""
    rows = {name: blocks(parse(text)) for name, text in RENDERINGS.items()}
    assert [n for n, depth, _ in rows["restart"] if depth == 0] == [None, *range(1, 15)]
    for name in ("straight", "compact", "plain"):
        assert [(n, t) for n, _, t in rows[name]] == [(n, t) for n, _, t in rows["restart"]], name
    assert rows["straight"] == rows["restart"]


def test_a_printed_straight_numbering_is_taken_as_it_is():
    text = made_up.website(straight=True)
    printed = {t.strip(): int(n) for n, t in re.findall(r"^  (\d+)\. (.+)$", text, re.M)}
    assert {t: n for n, depth, t in blocks(parse(text)) if depth == 0 and n} == printed


@pytest.mark.parametrize("layout", [made_up.website, made_up.compact, made_up.plain])
def test_paragraphs_that_the_text_cites(layout):
    cited = "The law set out in paragraphs 3 - 4 applies; what Mrs Q says is in paragraph 2 and my analysis in paragraphs 8 to 10."
    sections = [(h, [*p, cited] if h == "Agreed action" else p) for h, p in made_up.SECTIONS]
    decision = parse(layout(sections=sections))
    where = {
        b.number: (decision.part_of(b), decision.sections[b.section].heading) for b in decision.blocks if not b.depth
    }
    assert where[2][0] == "complaint" and {where[3][0], where[4][0]} == {"powers"} and where[5][0] == "consideration"
    assert [where[n][1] for n in (7, 8, 9, 10, 11)] == ["What happened", *["Analysis"] * 3, "Agreed action"]
    assert where[14] == ("action", "Agreed action") and where[15] == ("final_decision", "Final decision")


def test_a_quotation_set_apart_does_not_count():
    decision = small("  1. The officer wrote:", "“We are sorry for the delay.”", "  2. This was fault.")
    assert found(decision) == [
        (2, 0, "The officer wrote:"),
        (None, 0, "“We are sorry for the delay.”"),
        (3, 0, "This was fault."),
    ]


# --- lists -------------------------------------------------------------------------------------------------------


def test_sub_items_and_nesting():
    decision = small(
        "  1. The Council will:",
        "      1. apologise;",
        "      2. pay:",
        "        1. £100; and",
        "        2. £50;",
        "      3. review its policy.",
        "  2. It has agreed.",
    )
    assert [(n, d, t) for n, d, t in found(decision)] == [
        (2, 0, "The Council will:"),
        (2, 1, "apologise;"),
        (2, 1, "pay:"),
        (2, 2, "£100; and"),
        (2, 2, "£50;"),
        (2, 1, "review its policy."),
        (3, 0, "It has agreed."),
    ]
    texts = [decision.text[b.start : b.end] for b in decision.blocks]
    parents = {t: texts[b.parent] for t, b in zip(texts, decision.blocks, strict=True) if b.parent is not None}
    assert parents["£50;"] == "pay:" and parents["review its policy."] == "The Council will:"


@pytest.mark.parametrize("marker", ["•", "·", "▪", "a)", "(a)", "i)", "(ii)", "–", "-", "o)"])
def test_markers(marker):
    decision = small("  1. The Council will:", f"    {marker} apologise; and", "  2. It has agreed.")
    assert found(decision) == [(2, 0, "The Council will:"), (2, 1, "apologise; and"), (3, 0, "It has agreed.")]


def test_the_end_of_a_compact_list():
    """Levels are lost: a list ends where a sentence follows its last item."""
    lines = [
        "- The Council:",
        "- lost the file;",
        "- wrote to the wrong house; and",
        "- did not reply.",
        "- Mr X complained in May.",
    ]
    head = "The complaint\n- Mr X complained.\n- He wrote.\nWhat I found\n"
    decision = parse(head + "\n".join(lines) + "\nFinal decision\n- I have completed my investigation.")
    assert [d for _, d, t in found(decision)] == [0, 1, 1, 1, 0]


# --- sentences ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parts",
    [
        ["This was fault.", "The Council agrees."],
        ["Mr. X and Mrs. Y wrote.", "Dr. Z replied."],
        ["See s.17 of the Act.", "It says so."],
        ["The duty (section 17(1), s. 20 and reg. 5) applies.", "It is clear."],
        ["He owed £1,250.50.", "He paid 2.5 per cent."],
        ["Her reference is 24.003.873.", "She wrote again."],
        ["It asked “Why?”", "She said “Never.”", "That was all."],
        ["It was late (by a week.)", "It apologised."],
        ["Was this fault?", "Yes!", "It was."],
        ["The Council will:"],
        ["item without a full stop"],
        ["It cited e.g. the code and i.e. the rule.", "No more."],
        ["It wrote to St. Mary’s on 3.5.2024.", "Nobody replied."],
    ],
)
def test_sentences(parts):
    text = " ".join(parts)
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == parts


def test_a_full_stop_without_a_space_behind_it():
    text = "The Council replied late.This was fault."
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == ["The Council replied late.", "This was fault."]


def test_no_before_a_number():
    text = "It relied on regulation 4. No. 12 was let in May."
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == [
        "It relied on regulation 4.",
        "No. 12 was let in May.",
    ]


def test_no_at_the_end_of_a_quotation():
    text = "She said “No.” That was all."
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == ["She said “No.”", "That was all."]


# --- what is no decision -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no text"),
        (" \n\n\t\n", "no text"),
        (made_up.COOKIES, "no text"),
        (
            "News from the Ombudsman\n\nWe have published our annual review of complaints.\n\nRead more on our website.",
            "none of the sections",
        ),
        (
            "Search results\n"
            + "\n".join(f"Kent County Council (24 000 00{n})\nSummary: Mr {n} complained." for n in range(5)),
            "lists 5 decisions",
        ),
        ("The complaint\nWhat I found\nFinal decision\n", "no text under them"),
        ('{"a": 1}', "none of the sections"),
    ],
)
def test_not_a_decision(text, reason):
    with pytest.raises(NotADecision, match=reason):
        parse(text)


# --- work grows with the text, not faster ------------------------------------------------------------------------


def test_one_long_line():
    decision = small("  1. " + "The Council did not reply. " * 40_000)
    ((number, depth, text),) = found(decision)
    assert (number, depth) == (2, 0) and sum(1 for _ in sentences(text, 0, len(text))) == 40_000


def test_a_thousand_nested_lists():
    lines = [f"{' ' * (4 + 2 * n)}1. level {n}:" for n in range(1, 1000)]
    decision = small("  1. The Council:", *lines, "  2. It has agreed.")
    rows = found(decision)
    assert len(rows) == 1001 and rows[-1] == (3, 0, "It has agreed.")
    assert [d for _, d, _ in rows[:-1]] == [min(n, 8) for n in range(1000)] and {n for n, _, _ in rows[:-1]} == {2}


def test_many_lists_one_after_the_other():
    lines = [
        line for n in range(1, 900) for line in (f"  {n}. The Council will:", "    • apologise; and", "    • pay £1.")
    ]
    assert [n for n, d, _ in found(small(*lines)) if d == 0] == list(range(2, 901))


@pytest.mark.parametrize("marker", ["", "- ", "  1. "])
def test_a_hundred_thousand_short_lines(marker):
    rows = blocks(small(*[f"{marker}It was so." for _ in range(100_000)]))
    assert sum(t == "It was so." for _, _, t in rows) == 100_000


@pytest.mark.parametrize("time", ["By 14 May 2022", "Within one month", "No later than 3 June 2022"])
def test_items_of_a_plain_copy_that_begin_with_their_time(time):
    lines = [f"{time}, write to Ms P to say that it is sorry.", f"{time}, pay her £100 for the trouble."]
    decision = parse(
        "Kent County Council (24 000 111)\n\nSummary: A summary.\n\nThe complaint\n\nMs P complained about the Council.\n\n"
        "Agreed action\n\nThe Council agreed to take these actions:\n\n" + "\n\n".join(lines) + "\n\n"
        "The Council should send us evidence.\n\nFinal decision\n\nI have completed my investigation.\n"
    )
    assert [d for n, d, text in blocks(decision) if text in lines] == [1, 1]
    assert [d for n, d, text in blocks(decision) if text.startswith("The Council should send")] == [0]


def test_a_paragraph_behind_a_list_with_signs_is_no_item_of_it():
    lead = "So that others are spared this, the Council has agreed that it will:"
    decision = parse(
        "Kent County Council (24 000 111)\n\nSummary: A summary.\n\nThe complaint\n\nMs P complained.\n\nAgreed action\n\n"
        f"The Council will:\n\n• apologise to Ms P; and\n\n• pay her £100.\n\n{lead}\n\n• review its policy.\n\n"
        "Final decision\n\nI have completed my investigation.\n"
    )
    rows = [depth for _, depth, _ in blocks(decision)]
    assert [d for _, d, text in blocks(decision) if text == lead] == [0] and rows[-6:-1] == [0, 1, 1, 0, 1]


def test_a_line_without_a_sign_between_items_with_signs_ends_no_list():
    for line in ("Our guidance on remedies sets out how.", "Pay Mr Q £50."):
        decision = parse(
            "Kent County Council (24 000 111)\n\nSummary: A summary.\n\nThe complaint\n\nMs P complained.\n\n"
            f"Agreed action\n\nThe Council will:\n\n• apologise to Ms P\n\n{line}\n\n• pay her £100.\n\n"
            "Final decision\n\nI have completed my investigation.\n"
        )
        assert [depth for _, depth, _ in blocks(decision)][-5:-1] == [0, 1, 1, 1]


def test_items_that_lost_their_markers_begin_small():
    rows = found(small("  1. The Council will:", "apologise to Ms P;", "pay her £100.", "  2. I thank them."))
    assert [(number, depth) for number, depth, _ in rows] == [(2, 0), (2, 1), (2, 1), (3, 0)]


def test_a_list_behind_the_following_within_a_time():
    rows = found(
        small("  1. It agreed to do the following within two months.", "      • Train its staff.", "  2. Next.")
    )
    assert [depth for _, depth, _ in rows] == [0, 1, 0]


def test_a_label_its_sign_and_its_value_on_three_lines():
    decision = parse(
        "Kent County Council (24 000 111)\n\nDecision\n>\nUpheld\n\nSummary\n\nA summary.\n\nThe complaint\n\n"
        "1. Mr X complained.\n\nFinal decision\n\n2. I have completed my investigation.\n"
    )
    assert [s.part for s in decision.sections][:3] == ["heading", "summary", "complaint"]


def test_talk_of_recommendations_and_what_stands_under_it_is_no_action():
    decision = parse(
        "Kent County Council (24 000 111)\nSummary: A summary.\nThe complaint\n  1. Mr X complained.\nAnalysis\n  1. There was a delay.\n"
        "The recommendations\n  1. They were not carried out.\nThe fence\n  1. I do not find it at fault.\nAgreed action\n"
        "  1. The Council will apologise.\nFinal decision\n  1. I have completed my investigation.\n"
    )
    assert [s.part for s in decision.sections if s.heading in ("The recommendations", "The fence")] == ["findings"] * 2


def test_dashes_in_lists_alone_make_no_compact_copy():
    text = made_up.plain(
        sections=[
            ("The complaint", ["Ms P complained about the Council."]),
            ("Finding", ["The Ombudsman upheld the complaint and found fault causing injustice."]),
            ("Recommendations", [("The Council should:", [f"- pay Ms P £{n};" for n in range(100, 108)])]),
        ]
    )
    decision = parse(text)
    assert decision.layout == "plain" and [b.number for b in decision.blocks if b.depth == 0 and b.number] == [1, 2, 3]


def test_a_possessive_at_the_end_of_a_sentence():
    text = "It will apologise for its faults and the Home's. It will pay her £100, as s. 17 allows. It has read p. 4."
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == [
        "It will apologise for its faults and the Home's.",
        "It will pay her £100, as s. 17 allows.",
        "It has read p. 4.",
    ]


def test_an_item_whose_sign_goes_on_from_the_list_around_it():
    items = ["(1) apologise to them;", "(2) pay them, as follows:", "(a) £90 to Ms P;", "(b) £80 to Mr Q;"]
    text = made_up.plain(
        sections=[
            ("The complaint", ["Ms P complained about the Council."]),
            ("Finding", ["The Ombudsman found fault causing injustice."]),
            ("Recommendations", [("The Council should:", [*items, "(3) review its policy; and", "(4) report to us."])]),
        ]
    )
    assert [(b.marker, b.depth) for b in parse(text).blocks if b.depth] == [
        ("(1)", 1),
        ("(2)", 1),
        ("(a)", 2),
        ("(b)", 2),
        ("(3)", 1),
        ("(4)", 1),
    ]


@pytest.mark.parametrize(
    ("sign", "other", "is_so"),
    [
        ("(2)", "(3)", True),
        ("b.", "c.", True),
        ("iii)", "iv)", True),
        ("i)", "ii)", True),
        ("(i)", "(j)", True),
        ("(i)", "(k)", False),
        ("9", "10.", True),
        ("z)", "aa)", False),
        ("•", "•", False),
    ],
)
def test_signs_that_follow_each_other(sign, other, is_so):
    assert signs.is_next(sign, other) == is_so
