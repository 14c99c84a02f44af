"""The outcome, and what it all comes to: outcome, fault_found, injustice_found.

Last, because an outcome that no label prints is what the final decision says, and whether there was fault and
injustice follows from the findings and remedies that the stages before have found.
"""

from __future__ import annotations

from pipeline import language
from pipeline.expressions import Places
from pipeline.records import Block, Decision
from pipeline.structure import sentences

_INJUSTICE = (
    *("injustice", "distress", "frustrat", "uncertain", "inconvenien", "time and trouble", "worry", "upset", "anxiety"),
    *("loss", "miss", "hardship", "difference", "disadvantage", "confusion", "stress"),
)


def add(decision: Decision) -> None:
    """Adds `outcome`, `outcome_source`, `fault_found`, `injustice_found`; warns `outcome_disagrees_with_text`."""
    said = _by_text(decision)
    labelled = _by_label(decision.outcome_label)
    if labelled and labelled != "other":
        decision.outcome, decision.outcome_source = labelled, "heading"
        if said != "other" and said != labelled:
            decision.warnings.append("outcome_disagrees_with_text")
    else:
        decision.outcome, decision.outcome_source = said, "text"
    parts = {section.part for section in decision.sections}
    if "final_decision" not in parts and not {"findings", "action"} <= parts:
        # a report page ends with its recommendations, any other with a decision
        decision.warnings.append("text_cut_off")
    decision.fault_found = _fault(decision)
    decision.injustice_found = _injustice(decision)


def _expressions(source: str):
    return [(p, e) for p, e in language.expressions("outcome") if p["from"] == source]


def _by_label(label: str | None) -> str | None:
    if not label:
        return None
    return next((p["outcome"] for p, e in _expressions("label") if e.search(label)), "other")


def _by_text(decision: Decision) -> str:
    """What the final decision says, else the summary; "other" where neither says anything."""
    due = any(a.status in ("agreed", "recommended") for a in decision.actions)
    for part in ("final_decision", "summary"):
        blocks = [b for b in decision.blocks if decision.part_of(b) == part]
        findings = [f.fault for f in decision.fault_findings if f.part == part]
        for pattern, expression in _expressions("text"):
            if pattern["without_fault"] and any(findings):
                continue  # "I have found fault, and have ended my investigation"
            if pattern["without_remedied_fault"] and any(findings) and due and not _denies_injustice(decision, blocks):
                continue  # "There was fault causing injustice. I do not uphold the complaint about the fees"
            if any(expression.search(decision.text, b.start, b.end) for b in blocks):
                return pattern["outcome"]
        if findings:
            return "upheld" if any(findings) else "not_upheld"
    findings = [f.fault for f in decision.fault_findings]
    if findings:
        return "upheld" if any(findings) else "not_upheld"
    return "upheld" if any(a.status == "agreed" for a in decision.actions) else "other"


def _denies_injustice(decision: Decision, blocks: list[Block]) -> bool:
    """Do some paragraphs say that fault caused no injustice?"""
    denials = [e for p, e in _expressions("injustice") if not p["injustice"]]
    return any(e.search(decision.text, b.start, b.end) for e in denials for b in blocks)


def _fault(decision: Decision) -> bool | None:
    """Null where nothing was decided: not investigated, discontinued, upheld because it was put right early."""
    if any(f.fault for f in decision.fault_findings):
        return True
    if decision.outcome in ("closed_after_initial_enquiries", "discontinued") or decision.not_investigated:
        return None
    if decision.by_agreement or (decision.discontinued and not decision.fault_findings):
        return None
    if decision.fault_findings or decision.outcome == "not_upheld":
        return False
    if decision.outcome == "upheld":
        decision.warnings.append("no_finding_read")
        return True
    return None


def _injustice(decision: Decision) -> bool | None:
    """By what the text says of injustice where fault was found; a remedy for the person shows it as well."""
    if not decision.fault_found:
        return decision.fault_found
    remedies = [r for r in decision.remedies if r.kind != "provide_information"]
    due = any(r.status in ("agreed", "recommended") for r in remedies)
    paid = any(r.kind.startswith("financial") for r in remedies)
    if due and (paid or decision.outcome != "not_upheld"):
        return True
    caused = denied = 0
    expressions, told = _expressions("injustice"), Places(_INJUSTICE, decision.text)
    for block in decision.blocks:
        part = decision.part_of(block)
        if part not in ("summary", "findings", "final_decision", "action") or not told.any(block.start, block.end):
            continue
        for start, end in sentences(decision.text, block.start, block.end):
            if not told.any(start, end):
                continue
            for pattern, expression in expressions:
                if expression.search(decision.text, start, end):
                    caused += pattern["injustice"]
                    denied += not pattern["injustice"]
                    break
    if denied:
        return decision.outcome == "upheld" and caused > denied
    return due or (bool(caused or remedies) and decision.outcome != "not_upheld")
