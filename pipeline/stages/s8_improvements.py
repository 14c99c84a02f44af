"""Procedural improvements: the actions meant for others in future, the Ombudsman's "service improvements"."""

from __future__ import annotations

from pipeline import deadlines
from pipeline.records import Decision, Improvement


def add(decision: Decision) -> None:
    """Adds `procedural_improvements` in text order."""
    for action in decision.actions:
        if action.audience == "others":
            decision.procedural_improvements.append(
                Improvement(
                    kind=action.kind,
                    status=action.status,
                    evidence=decision.evidence(action.start, action.end, action.block, action.rule),
                    body=action.body,
                    deadline=action.deadline,
                    deadline_date=deadlines.day_of(action.deadline, action.working, decision.decision_date),
                    warnings=list(action.warnings),
                )
            )
