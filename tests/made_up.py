"""Made-up decisions for the tests: one written out in full and set in every layout, and small ones built from a few lines.

A paragraph or item is a string, or a pair (lead-in, items) where a list hangs on it.
"""

from html import escape

from pipeline.stages import read_decision

HEAD = {
    "body": "Wiltshire Council (22 111 222)",
    "category": "Adult care services > Charging",
    "outcome": "Upheld",
    "date": "18 Feb 2025",
}
ROLE = (
    "We investigate complaints about ‘maladministration’ and ‘service failure’. In this statement, I have used the word "
    "‘fault’ to refer to these. We consider whether there was fault in the way an organisation made its decision. If there "
    "was no fault in how it did so, we cannot question the outcome. (Local Government Act 1974, section 34(3), as amended)"
)

COOKIES = """Review your privacy settings

Required cookies

These cookies enable the website to function properly. You can only disable these by changing your browser preferences, but this will affect how the website performs.

View required cookies

Analytical cookies

Google Analytics cookies help us improve the performance of the website by understanding how visitors use the site.
We recommend you set these 'ON'.

View analytical cookies

In using Google Analytics, we do not collect or store personal information that could identify you (for example your name or address).

Privacy settings
"""

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"

END = "Investigator's decision on behalf of the Ombudsman"

SUMMARY = (
    "Mrs Q complained about the charges for her father’s care. The Council was at fault for not telling her what the "
    "care would cost. It was not at fault for how it assessed his finances. It has agreed to apologise and pay her £350."
)

SECTIONS = [
    (
        "The complaint",
        [
            (
                "Mrs Q complained that the Council:",
                [
                    "did not tell her what her father’s care would cost;",
                    "assessed his finances wrongly; and",
                    "sent invoices to the wrong address.",
                ],
            ),
            "She says she has lost £4,200 and wants the Council to repay all of it.",
        ],
    ),
    (
        "The Ombudsman’s role and powers",
        [
            ROLE,
            "If we are satisfied with an organisation’s actions or proposed actions, we can complete our investigation "
            "and issue a decision statement. (Local Government Act 1974, section 30(1B) and 34H(i), as amended)",
        ],
    ),
    (
        "How I considered this complaint",
        [
            "I considered the complaint and spoke to Mrs Q. I made enquiries of the Council and considered its response "
            "and the documents it provided. Mrs Q and the Council had an opportunity to comment on a draft of this decision.",
        ],
    ),
    ("What I found", []),
    (
        "What happened",
        [
            "Mrs Q’s father, Mr T, moved into a care home on 4 March 2023 after a stay in hospital. The home charged "
            "£812.50 a week. Nobody gave Mrs Q a figure in writing until an invoice for £3,250 arrived in June.",
            "In its response of 9 August 2023 the Council said it was not at fault. It offered Mrs Q £50 for the delay in its reply.",
        ],
    ),
    (
        "Analysis",
        [
            "The Council must give people clear information about charges before care starts. It did not do so. This was fault.",
            "I have considered how the Council assessed Mr T’s finances. It looked at his bank statements and its "
            "calculation follows the regulations. I find no fault in how it reached its decision.",
            "The fault caused Mrs Q distress and uncertainty.",
        ],
    ),
    (
        "Agreed action",
        [
            (
                "Within four weeks of my final decision the Council has agreed to:",
                [
                    "apologise in writing to Mrs Q for the fault I have found;",
                    (
                        "pay Mrs Q:",
                        [
                            "£250 for the distress and uncertainty she has been caused; and",
                            "£100 for her time and trouble in pursuing the complaint;",
                        ],
                    ),
                    "refund to Mrs Q the late payment fees it added to the invoices.",
                ],
            ),
            (
                "Within three months the Council has agreed to:",
                [
                    "review its procedure for telling families about the cost of care; and",
                    "remind staff in the hospital team to give information about charges in writing.",
                ],
            ),
            "The Council should provide us with evidence it has complied with the above actions.",
        ],
    ),
    (
        "Final decision",
        [
            "I have completed my investigation. I find fault by the Council causing injustice, which it has agreed to remedy."
        ],
    ),
]


def _walk(items, depth):
    for item in items:
        lead, below = (item, []) if isinstance(item, str) else item
        yield depth, lead
        yield from _walk(below, depth + 1)


def _head(head, gap="\n\n"):
    lines = [head.get("body")]
    for label, name in (("Category", "category"), ("Decision", "outcome"), ("Decision date", "date")):
        if head.get(name):
            lines.append(f"{label} : {head[name]}")
    return gap.join(line for line in lines if line)


def website(head=HEAD, summary=SUMMARY, sections=SECTIONS, *, straight=False, cookies="after", gap="\n\n", split=False):
    """A website copy: numbers that start again under each heading, or run straight through."""
    top = _head(head, gap)
    if split:
        top = top.replace(" : ", " :\n").replace(" > ", "\n>\n")
    parts = [top, "The Ombudsman's final decision:", f"Summary: {summary}"]
    number = 0
    for heading, paragraphs in sections:
        parts.append(heading)
        number = number if straight else 0
        lines = []
        place = [0, 0, 0]
        for depth, text in _walk(paragraphs, 0):
            place[depth] += 1
            place[depth + 1 :] = [0] * (2 - depth)
            if depth == 0:
                number += 1
                lines.append(f"  {number}. {text}")
            elif depth == 1:
                lines.append(f"    • {text}" if place[0] % 2 else f"      {place[1]}. {text}")
            else:
                lines.append(f"        {place[2]}. {text}")
        if lines:
            parts.append("\n".join(lines))
            parts.append("Back to top")
    body = gap.join([*parts, END, "Print this page", "LGO logogram"])
    return COOKIES + "\n" + body if cookies == "before" else body + "\n\n" + COOKIES


def compact(head=HEAD, summary=SUMMARY, sections=SECTIONS, *, contents=False, signs=("-", "-")):
    """A compact copy: a dash before every paragraph and item, levels lost; or a sign for each of the two."""
    lines = [_head(head, "\n")]
    if contents:
        lines += [f"- {heading}" for heading, _ in sections]
    lines += ["The Ombudsman's final decision:", f"Summary: {summary}"]
    for heading, paragraphs in sections:
        lines += [heading, *(f"{signs[depth > 0]} {text}" for depth, text in _walk(paragraphs, 0))]
    return "\n".join([*lines, END]) + "\n"


def plain(head=HEAD, summary=SUMMARY, sections=SECTIONS):
    """No numbers and no dashes at all."""
    lines = [_head(head, "\n"), "The Ombudsman's final decision", f"Summary: {summary}"]
    for heading, paragraphs in sections:
        lines += [heading, *(text for _, text in _walk(paragraphs, 0))]
    return "\n\n".join([*lines, END]) + "\n"


def _ol(items, tag="ol"):
    if not items:
        return ""
    inner = "".join(
        f"<li>{escape(i)}</li>" if isinstance(i, str) else f"<li><p>{escape(i[0])}</p>{_ol(i[1], 'ul')}</li>"
        for i in items
    )
    return f"<{tag}>{inner}</{tag}>"


def html(head=HEAD, summary=SUMMARY, sections=SECTIONS):
    """The site's page, with navigation and cookie form round the article."""
    rows = "".join(
        f'<div><span class="label">{label} :</span> <span class="value">{escape(head[name])}</span></div>'
        for label, name in (("Category", "category"), ("Decision", "outcome"), ("Decision date", "date"))
    )
    body = "".join(f"<h3>{escape(h)}</h3>{_ol(p)}<p><a href='#top'>Back to top</a></p>" for h, p in sections)
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Decision</title></head><body>"
        "<form><h2>Review your privacy settings</h2><button>Save</button></form>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/decisions'>Decisions</a></li></ul></nav>"
        f"<article id='article'><h1>{escape(head['body'])}</h1>{rows}<h2>The Ombudsman's final decision:</h2>"
        f"<p>Summary: {escape(summary)}</p>{body}<p>{END}</p></article><footer>Print this page</footer></body></html>"
    )


def small(
    findings=("The Council wrote to her in May.",),
    action=(),
    final=("I have completed my investigation.",),
    summary="Ms P complained about the Council.",
    heading="Agreed action",
    head=HEAD,
    complaint=("Ms P complained about the Council.",),
    layout=website,
):
    """A small decision, read: its findings, actions and final decision are what a test is about."""
    sections = [
        ("The complaint", complaint),
        ("The Ombudsman’s role and powers", [ROLE]),
        ("How I considered this complaint", ["I considered what Ms P sent me."]),
        ("What I found", findings),
        *([(heading, action)] if action else []),
        ("Final decision", final),
    ]
    return read_decision(layout(head=head, summary=summary, sections=sections))


def agreed(*items, lead="Within four weeks of my final decision the Council has agreed to:", **more):
    """A small decision whose action section is one list under a lead-in."""
    return small(action=[(lead, list(items))], **more)


def put_right(*action):
    """A small decision that finds fault, with these paragraphs as its action section."""
    return small(findings=["This was fault."], action=list(action))


def told(decision):
    """Kind, amount and status of each remedy."""
    return [(r.kind, r.amount, r.status) for r in decision.remedies]
