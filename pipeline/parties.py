"""People and bodies as decisions name them: who gets a payment, who is to act."""

from __future__ import annotations

import regex

_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Mx|Sir|Lady|Professor|Cllr)\.?"
_SURNAME = r"(?!(?:Council|Trust|The|Within|For|To)\b)[A-Z][\w’'-]*?(?=[’']s\b|[^\w’'-]|[’'](?!\w)|$)"
NAME = (
    rf"(?:{_TITLE}\s+and\s+{_TITLE}\s+{_SURNAME}|{_TITLE}\s+{_SURNAME}(?:(?:\s*,\s*{_TITLE}\s+{_SURNAME})*\s*,?\s+and\s+(?:{_TITLE}\s+{_SURNAME}|[A-Z]\b))?"
    rf"|(?:Child|Baby|Person|Adult|Officer)\s+[A-Z]\b|(?<![&\w])[A-HJ-Z]\b(?!&)(?:\s*,\s*[A-Z]\b)*\s+and\s+[A-Z]\b|(?<![&\w])[B-HJ-Z]\b(?=\s|[’']s|[,.;:]))"
)
_RELATION = r"(?:son|daughter|mother|father|wife|husband|partner|brother|sister|grandmother|grandfather|aunt|uncle|nephew|niece|grandson|granddaughter|parents|children|sons|daughters|family|child|estate|carer)"
_GROUP = (
    r"(?:each\s+of\s+(?:the\s+)?(?:\w+\s+)?(?:famil(?:y|ies)|complainants?|children|siblings|residents|parents|tenants|brothers|sisters|households|neighbours)"
    r"|(?:all|both)\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+)?(?:famil(?:y|ies)|complainants|children|siblings|residents|parents|tenants|brothers|sisters|households|neighbours|grandparents)"
    r"|the\s+(?:(?:first|second|third|fourth|fifth|sixth|other|eldest|elder|younger|youngest|two|three|four|whole)\s+)?(?:famil(?:y|ies)|complainants?|wom[ae]n|m[ae]n|couple|teenager|young\s+(?:person|man|woman)|girl|boy|child(?:ren)?|brothers?|sisters?|siblings|aunt(?:\s+and\s+uncle)?|grandparents?|parents?|mother|father|daughter|son|tenants?|residents?|solicitor|estate|resident|carers?|widow|neighbours?|applicant|pupil|student|owner|driver|foster\s+carers?|grandmother|grandfather|executors?|complainant[’']s\s+\w+)(?:\s+and\s+(?:the\s+|his\s+|her\s+)?(?:child|children|family|wife|husband|daughter|son|couple|mother|father))?"
    rf"|(?:his|her|their|{_TITLE}\s+\w+[’']s)\s+(?:late\s+|elderly\s+|two\s+|three\s+)?{_RELATION}"
    r"|(?:first|second|third|fourth|fifth|sixth)(?:\s+family)?(?=\s+£)|the\s+(?:first|second|third|fourth|fifth|sixth)(?=\s+£))"
)
PRONOUN = r"(?:she(?=\s+(?:has\s+|had\s+)?(?:already\s+)?(?:paid|spent|lost))|he(?=\s+(?:has\s+|had\s+)?(?:already\s+)?(?:paid|spent|lost))|they(?=\s+(?:have\s+|had\s+)?(?:already\s+)?(?:paid|spent|lost))|him(?:self)?|her(?:self)?|them(?:selves)?|each\s+of\s+them|both\s+of\s+them)"
_KIN = rf"(?:{_TITLE}\s+[A-Z]\w*|\b[A-Z])[’']s\s+(?:late\s+|elderly\s+)?{_RELATION}\b"
WHO = regex.compile(rf"(?P<kin>{_KIN})|(?P<name>{NAME})|(?P<group>(?i:{_GROUP}))|(?P<pronoun>\b(?i:{PRONOUN})\b)")
_NAME = regex.compile(
    rf"{_TITLE}\s+and\s+{_TITLE}\s+{_SURNAME}|{_TITLE}\s+{_SURNAME}(?:\s+and\s+{_TITLE}\s+{_SURNAME})?"
)
_GROUP_NAME = regex.compile(rf"(?i:{_GROUP})")

BODY = regex.compile(
    r"(?P<both>(?:[Tt]he\s+)?(?:Council|Trust|ICB|CCG|Authority|Care\s+Provider|Provider|Company|Association|Home|School|Borough\s+Council|County\s+Council|District\s+Council)(?:\s*,\s*(?:the\s+)?(?:Council|Trust|ICB|CCG|Authority|Provider|Care\s+Provider))?\s+and\s+(?:the\s+)?(?:[A-Z]\w*\s+)?(?:Council|Trust|ICB|CCG|Authority|Care\s+Provider|Provider|Company|Association|Home|School))"
    r"|(?P<one>(?:[Tt]he\s+)?(?:(?:County|Borough|District|City|Care|Fire|Park|Academy|NHS|Housing)\s+)?(?:Council|Trust|ICB|CCG|Authority|Provider|Company|Association|Home|School|College|Board|Panel|Governors|Practice|Surgery|Agency|Corporation))\b(?![’']s)"
    r"|(?P<tfl>\bTfL\b)|(?P<lower>\bthe\s+(?:two\s+)?(?:county\s+|borough\s+|district\s+)?councils?\b)"
)


def body_in(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The last body named as one who acts in text[start:end], as printed with a small "the", and where it stands."""
    last = None
    for found in BODY.finditer(text, start, end):
        last = found
    if last is None:
        return None
    printed = regex.sub(r"\s+", " ", last[0])
    return (printed[0].lower() + printed[1:] if printed.lower().startswith("the ") else printed), last.start()


def last_name_before(text: str, at: int, pronoun: str, floor: int = 0) -> str | None:
    """The name last printed before a place that fits the pronoun: one person for him or her, several for them."""
    pronoun = pronoun.lower()
    window = max(floor, at - 6_000)
    fallback = None
    for found in reversed(list(_NAME.finditer(text, window, at))):
        name = regex.sub(r"\s+", " ", found[0])
        several = " and " in name
        fallback = fallback or name
        if pronoun.startswith(("them", "each", "both", "their", "they")):
            if several:
                return name
        elif pronoun.startswith(("him", "his")) or pronoun == "he":
            if not several and name.startswith(("Mr ", "Mr.", "Sir", "Dr", "Mx")):
                return name
        elif not several and name.startswith(("Mrs", "Ms", "Miss", "Lady", "Dr", "Mx")):
            return name
    if fallback:
        return fallback
    groups = [regex.sub(r"\s+", " ", g[0]) for g in _GROUP_NAME.finditer(text, window, at)]
    return groups[-1] if groups else None
