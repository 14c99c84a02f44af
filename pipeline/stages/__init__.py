"""The stages, in order: each takes a Decision and adds to it."""

from __future__ import annotations

from pipeline import language, structure
from pipeline.records import Decision
from pipeline.stages import (
    s1_heading,
    s2_register,
    s3_findings,
    s4_actions,
    s5_repeats,
    s6_agreement,
    s7_remedies,
    s8_improvements,
    s9_outcome,
)

STAGES = (
    s1_heading,
    s2_register,
    s3_findings,
    s4_actions,
    s5_repeats,
    s6_agreement,
    s7_remedies,
    s8_improvements,
    s9_outcome,
)


load = language.load


def read_decision(text: str) -> Decision:
    """The record of one decision from its text. Raises structure.NotADecision, with the reason, where it is none."""
    language.renew()
    decision = structure.parse(text)
    for stage in STAGES:
        stage.add(decision)
    return decision
