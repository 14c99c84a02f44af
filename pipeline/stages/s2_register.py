"""The council register: code, type and region of the body that the heading names."""

from __future__ import annotations

from pipeline import register
from pipeline.records import Decision


def add(decision: Decision) -> None:
    """Adds `council_code`, `council_type` and `region`; all null where the heading names no body."""
    if decision.council is None:
        return
    body = register.lookup(decision.council, decision.decision_date)
    decision.council_code, decision.council_type, decision.region = body.code, body.type, body.region
    if body.rule == "body.unknown":
        decision.warnings.append("body_not_in_register")
