"""Input that is to do harm: files whose cost could grow faster than they do, made in any size.

python tests/hostile.py [BYTES]        each in BYTES and in twice as many: what becomes of it, time, times by doubling
"""

import sys
import time
import zlib

from made_up import HEAD, ROLE, website

LIMIT = 60.0  # seconds, as of a run


def decision(findings="The Council was at fault.", action="The Council has agreed to apologise to Ms P.") -> str:
    """A decision with something in the place of its findings or its actions, as one paragraph or as lines of its own."""
    sections = [
        ("The complaint", ["Ms P complained about the Council."]),
        ("The Ombudsman’s role and powers", [ROLE]),
        ("What I found", ["FINDINGS"]),
        ("Agreed action", ["ACTION"]),
        ("Final decision", ["I find fault by the Council."]),
    ]
    text = website(head=HEAD, summary="Ms P complained about the Council.", sections=sections)
    return text.replace("FINDINGS", findings).replace("ACTION", action)


def many(piece: str, size: int) -> str:
    return piece * (size // len(piece.encode()) + 1)


def pay(size: int, piece: str, head="The Council has agreed to pay ") -> str:
    return decision(action=head + many(piece, size))


def before_a_list(size: int) -> str:
    """Half of it sentences, half a list that may name their sums again, no two alike."""
    times = size // 64
    sums = [f"It will pay Ms P £{100 + n}. " for n in range(times)]
    items = [f"pay her £{100 + n} for distress; " for n in range(times)]
    return decision(action="".join([*sums, "Within a month it will: ", *items, "and review its policy."]))


def nested(size: int) -> str:
    """A list a thousand deep for each megabyte, its indent growing all the way."""
    levels = max(2, int((2 * size) ** 0.5 / 2))
    return decision(action="\n".join(f"{'  ' * n}• pay Ms P £100 and:" for n in range(levels)))


def compact_leads(size: int) -> str:
    return (
        decision().replace("  1. ", "- ").replace("The Council has agreed to apologise", many("agreed to:\n- ", size))
    )


def page(body: str) -> str:
    return f"<html><body><article id='article'><h1>{HEAD['body']}</h1>{body}</article></body></html>"


def pdf(content: bytes, times: int = 1) -> bytes:
    """A PDF of one page with the content, compressed so many times."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = b" ".join([b"/FlateDecode"] * times)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(content), filters, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


TEXTS = {
    "one line": lambda n: "x" * n,
    "one line of words": lambda n: many("fault and injustice ", n),
    "£1, alone": lambda n: many("£1,", n),
    "£1, in an action": lambda n: pay(n, "£1,"),
    "£1, in a finding": lambda n: decision(findings=many("£1,", n)),
    "payments in a sentence": lambda n: pay(n, "£100 to Ms P and "),
    "rates in a sentence": lambda n: pay(n, "£100 a month for 12 months, "),
    "payments in sentences": lambda n: pay(n, "The Council will pay Ms P £100. ", ""),
    "letters in sentences": lambda n: pay(n, "I considered these points: a) pay her. ", ""),
    "lists that run on": lambda n: pay(n, "Within a month it will: pay her £100; review its policy. ", ""),
    "lists without an end": lambda n: pay(n, "It will (a) pay her £100 and Within a month it will: ", ""),
    "sums before a list that runs on": before_a_list,
    "sums in guidance": lambda n: pay(n, "Our guidance suggests between £100 and £300 a month. ", ""),
    "offers raised": lambda n: pay(
        n, "The Council increased this to £150. I consider its offer of £150 suitable. ", ""
    ),
    "sums changed": lambda n: pay(n, "I agreed to reduce it to £100. ", "The Council will pay Ms P £200. "),
    "payments in a list": lambda n: pay(n, "\n      1. pay her £100 for distress;", "The Council has agreed to:"),
    "answers to items": lambda n: pay(n, "It agrees to paragraph 3(a) and (b). ", "The Council will pay Ms P £200. "),
    "answers as paragraphs": lambda n: pay(
        n, "\n  1. It will apologise to Ms P and agrees to paragraph 3(a).", "The Council will act."
    ),
    "duties": lambda n: pay(n, "It should have reviewed her plan and sent it. ", "The Council will act. "),
    "people in a sentence": lambda n: pay(n, "Ms P and "),
    "deadlines in a sentence": lambda n: pay(n, "within four weeks of my final decision "),
    "actions in a sentence": lambda n: pay(n, "apologise and ", "The Council has agreed to "),
    "actions as paragraphs": lambda n: pay(
        n, "\n  1. The Council has agreed to apologise to Ms P.", "The Council will act."
    ),
    "digits": lambda n: pay(n, "1", "The Council has agreed to pay £"),
    "quotation marks": lambda n: pay(n, "“", "The Council has agreed to pay £100 "),
    "brackets": lambda n: decision(findings="The Council was at fault " + many("(", n)),
    "white space": lambda n: decision(findings="The Council was" + many(" ", n) + "at fault."),
    "blank lines": lambda n: decision() + many("\n", n),
    "full stops": lambda n: decision(findings="The Council was at fault " + many(". ", n)),
    "a row of full stops": lambda n: decision(findings="The Council was at fault " + many(".", n) + "x"),
    "a row of exclamation marks": lambda n: decision(findings="The Council was at fault " + many('!"', n) + "x"),
    "abbreviations": lambda n: decision(findings="Fault " + many("Mr. ", n)),
    "fault in a sentence": lambda n: decision(findings=many("the Council was at fault and ", n)),
    "fault in sentences": lambda n: decision(findings=many("The Council was at fault. ", n)),
    "negatives": lambda n: decision(findings="I do " + many("not ", n) + "find fault."),
    "nested list": nested,
    "nested lead-ins": compact_leads,
    "known headings": lambda n: decision(findings="x\n\n" + many("Agreed action\n\nAnalysis\n\n", n)),
    "unknown headings": lambda n: decision(findings="x\n\n" + many("Something else\n\n", n)),
    "summaries": lambda n: many("Summary: x\n", n),
    "bodies in the heading": lambda n: many("Kent County Council (24 003 873)\n", n) + decision(),
    "contents list": lambda n: many("- The complaint\n", n) + decision(),
    "website's lines": lambda n: decision() + many("Print this page\n\nView required cookies\n\n", n),
    "accents on one letter": lambda n: decision(findings="The Council was at fault" + many("\u0301", n)),
}

PAGES = {
    "open elements": lambda n: page(many("<b><i>fault ", n)),
    "deep elements": lambda n: page(many("<div>", n)),
    "ends without starts": lambda n: page(many("</p></div></b> ", n)),
    "scripts left open": lambda n: page(many("<script>x = '<p>';", n)),
    "scripts and fragments": lambda n: page(many("<p>fault<script></p></script><td>", n)),
    "nested lists": lambda n: page(many("<ol><li>pay £100", min(n, 16_000)) + many("<li>pay £100", n)),
    "table cells": lambda n: page("<table><tr>" + many("<td>£1", n)),
    "attributes": lambda n: page("<p " + many("a=b ", n) + ">fault</p>"),
    "one attribute": lambda n: page("<p class='" + many("label ", n) + "'>fault</p>"),
    "entities": lambda n: page(many("&amp;&pound;&#8217;", n)),
    "comment left open": lambda n: page("<!--" + many("- ", n)),
    "labels": lambda n: page(many("<span class='label'>Category</span>", n)),
    "line breaks": lambda n: page(many("<br>", n)),
}

PDFS = {
    "expands into white space": lambda n: pdf(b" " * (n * 100), 2),
    "expands into text": lambda n: pdf(b"BT /F 9 Tf " + b"1 0 0 1 9 9 Tm (fault) Tj " * (n // 25) + b"ET"),
    "expands into drawings": lambda n: pdf(b"0 0 4 4 re f " * (n // 13)),
    "expands into states": lambda n: pdf(b"q " * (n // 2)),
}


def every() -> dict[str, tuple[str, object]]:
    """Name to suffix and maker: bytes of about the size asked for (a PDF's decompressed)."""
    made = {name: (".txt", lambda n, f=f: f(n).encode()) for name, f in TEXTS.items()}
    made |= {f"page: {name}": (".html", lambda n, f=f: f(n).encode()) for name, f in PAGES.items()}
    return made | {f"PDF: {name}": (".pdf", f) for name, f in PDFS.items()}


def check(data: bytes, suffix: str) -> str:
    """Reads a file as a run does, and looks whether what comes of it holds together.

    Returns `extracted` or the reason why it is not. Raises whatever else its reading raises, and AssertionError.
    """
    from pipeline import reading, stages, tables
    from pipeline.structure import NotADecision

    try:
        decision = stages.read_decision(reading.read(data, suffix))
    except (reading.Unreadable, NotADecision) as error:
        assert str(error), "a rejection without a reason"
        return str(error)
    text = decision.text
    for item in (*decision.fault_findings, *decision.remedies, *decision.procedural_improvements):
        place = item.evidence
        assert place.quote and text[place.start : place.end] == place.quote, place
    for block in decision.blocks:
        assert 0 <= block.start < block.end <= len(text) and 0 <= block.section < len(decision.sections), block
    assert decision.decision_id and decision.remedy_total >= 0
    [row] = tables.to_arrow([tables.record("key", decision)]).to_pylist()
    assert row["reason"] is None and row["text"] == text, row["reason"]
    return "extracted"


def suffix_of(data: bytes) -> str:
    """The suffix that a file of a fuzzer's, which has no name, would have."""
    return ".pdf" if data.startswith(b"%PDF") else ".html" if data.lstrip()[:1] == b"<" else ".txt"


def outcome(data: bytes, suffix: str, seconds: float = LIMIT) -> str:
    """What a run says of such a file: `extracted`, or the reason why not."""
    import pyarrow as pa

    from pipeline import workers

    return (
        pa.ipc.open_file(workers.extract([("key", suffix, data)], seconds)).read_all()["reason"][0].as_py()
        or "extracted"
    )


def main() -> int:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 250_000
    outcome(decision().encode(), ".txt")  # loads the patterns
    print(f"{'':28}{size:>12,} B{2 * size:>12,} B   times")
    beyond = []
    for name, (suffix, make) in every().items():
        spent = []
        for n in (size, 2 * size):
            data, taken = make(n), []
            while len(taken) < 3 and sum(taken) < 1:  # what is quick is quick to measure again
                started = time.process_time()
                became = outcome(data, suffix)
                taken.append(time.process_time() - started)
            spent.append(min(taken))
        times = spent[1] / spent[0]
        # Below a twentieth of a second the clock and the caches decide.
        if (spent[1] > 0.05 and times > 2.3) or "limit" in became:
            beyond.append(name)
        print(f"{name:28}{spent[0]:12.2f} s{spent[1]:12.2f} s{times:8.1f}   {became[:90]}", flush=True)
    if beyond:
        print(f"Not linear, or too slow: {', '.join(beyond)}")
    return bool(beyond)


if __name__ == "__main__":
    sys.exit(main())
