"""How right the extraction is, held above floors a little under the figures measured when they were last raised.

../shared/gold is measured with its own scorer; tests/gold with `pipeline.evaluate`, so that an empty clone measures too
(test_evaluate.py shows that the two agree). A floor that breaks names the field: `ombudsman evaluate` lists the misses.
"""

import importlib.util

import pytest

from pipeline.evaluate import evaluate

EXACT = (
    "extracted",
    *(f"heading.{f}" for f in ("case_reference", "council", "category", "subcategory", "outcome", "decision_date")),
)

# (../shared/gold, tests/gold): accuracy, or F1 of lists. Behind each what was measured on 2026-11-21, on 33 and 80 decisions.
# The patterns were written with these decisions at hand: on others the figures will be lower.
FLOORS = {
    "outcome": (0.97, 0.98),  # 1.0000, 1.0000
    "fault_found": (0.97, 0.98),  # 1.0000, 1.0000
    "injustice_found": (0.97, 0.98),  # 1.0000, 1.0000
    "remedy_total": (0.87, 0.85),  # 0.9091, 0.8750
    "fault_findings": (0.97, 0.97),  # 1.0000, 0.9942
    "payments": (0.92, 0.94),  # 0.9538, 0.9673
    "payments.kind": (0.97, 0.95),  # 1.0000, 0.9730
    "payments.status": (0.92, 0.97),  # 0.9516, 0.9955
    "payments.deadline": (0.92, 0.93),  # 0.9516, 0.9595
    "payments.recipient": (0.88, 0.90),  # 0.9194, 0.9279
    "payments.rate": (0.87, 0.86),  # 0.9000, 0.8810
    "other_remedies": (0.90, 0.84),  # 0.9400, 0.8601
    "other_remedies.status": (0.97, 0.97),  # 1.0000, 0.9919
    "other_remedies.deadline": (0.97, 0.91),  # 1.0000, 0.9350
    "procedural_improvements": (0.89, 0.91),  # 0.9293, 0.9333
    "procedural_improvements.kind": (0.94, 0.92),  # 0.9783, 0.9464
    "procedural_improvements.status": (0.92, 0.97),  # 0.9565, 0.9940
    "procedural_improvements.deadline": (0.94, 0.93),  # 0.9783, 0.9583
}


@pytest.fixture(scope="module")
def shared(extracted):
    corpus, out = extracted("shared")
    spec = importlib.util.spec_from_file_location("score", corpus / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: row.get("f1", row.get("accuracy")) for name, row in module.score(corpus, out)[0].items()}


@pytest.fixture(scope="module")
def own(extracted):
    corpus, out = extracted("gold")
    return {name: figure.score for name, figure in evaluate(corpus, out).figures.items()}


@pytest.fixture(params=["shared", "own"])
def figures(request):
    return request.param, request.getfixturevalue(request.param)


@pytest.mark.parametrize("field", EXACT)
def test_always_right(figures, field):
    assert figures[1][field] == 1.0


@pytest.mark.parametrize("field", FLOORS)
def test_floor(figures, field):
    name, found = figures
    floor = FLOORS[field][name == "own"]
    assert found[field] >= floor, f"{field} is {found[field]:.4f} on {name}"
