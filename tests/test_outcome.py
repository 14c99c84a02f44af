"""The outcome, and fault_found and injustice_found, by LABELLING.md."""

import made_up
import pytest

FAULT, NO_FAULT = "The Council was at fault.", "There was no fault by the Council."


def record(label="Upheld", **parts):
    return made_up.small(head={**made_up.HEAD, "outcome": label}, **parts)


@pytest.mark.parametrize(
    ("label", "outcome"),
    [
        ("Upheld", "upheld"),
        ("Not upheld", "not_upheld"),
        ("Closed after initial enquiries", "closed_after_initial_enquiries"),
        ("Closed after initial enquiries: out of jurisdiction", "closed_after_initial_enquiries"),
        ("Discontinued", "discontinued"),
        ("Upheld: maladministration and injustice", "upheld"),
        ("Not upheld: no maladministration", "not_upheld"),
        ("Partly upheld", "upheld"),
    ],
)
def test_by_label(label, outcome):
    decision = record(label)
    assert (decision.outcome, decision.outcome_source) == (outcome, "heading")


@pytest.mark.parametrize("label", [None, "Other"])
@pytest.mark.parametrize(
    ("final", "outcome"),
    [
        ("I have completed my investigation and uphold the complaint.", "upheld"),
        ("I find fault causing injustice.", "upheld"),
        ("The Ombudsman upheld the complaint and found fault causing injustice.", "upheld"),
        ("I have completed my investigation and do not uphold this complaint.", "not_upheld"),
        ("I have found no fault by the Council.", "not_upheld"),
        ("We will not investigate this complaint.", "closed_after_initial_enquiries"),
        ("We cannot investigate this complaint. It is outside our jurisdiction.", "closed_after_initial_enquiries"),
        ("I have discontinued my investigation.", "discontinued"),
        ("I have ended my investigation because Ms P has withdrawn her complaint.", "discontinued"),
        ("The file has been put away.", "other"),
    ],
)
def test_by_text(label, final, outcome):
    decision = record(label, final=[final])
    assert (decision.outcome, decision.outcome_source) == (outcome, "text")


def test_the_label_outweighs_the_text():
    text = "We will not investigate this complaint because the Council has agreed to put it right."
    decision = record("Upheld", final=[text], summary=text)
    assert (decision.outcome, decision.fault_found, decision.injustice_found) == ("upheld", None, None)
    assert "outcome_disagrees_with_text" in decision.warnings


@pytest.mark.parametrize(
    ("label", "findings", "final", "fault"),
    [
        ("Upheld", FAULT, "I find fault causing injustice.", True),
        ("Not upheld", NO_FAULT, "I do not uphold the complaint.", False),
        ("Not upheld", "The delay in replying was fault.", "I do not uphold the complaint.", True),  # incidental
        ("Closed after initial enquiries", "The Council wrote in May.", "We will not investigate.", None),
        ("Closed after initial enquiries", FAULT, "We will not investigate this complaint.", True),
        ("Discontinued", "Ms P went to court.", "I have discontinued my investigation.", None),
        ("Upheld", "The Council has agreed.", "I uphold this complaint because the Council has agreed to pay.", None),
    ],
)
def test_fault_found(label, findings, final, fault):
    assert record(label, findings=[findings], final=[final]).fault_found is fault


@pytest.mark.parametrize(
    ("label", "findings", "final", "injustice"),
    [
        ("Upheld", FAULT + " This caused Ms P distress.", "I find fault causing injustice.", True),
        ("Upheld", FAULT, "I have found fault, but it did not cause Ms P injustice.", False),
        ("Not upheld", FAULT + " This caused her no significant injustice.", "I do not uphold the complaint.", False),
        ("Not upheld", NO_FAULT, "I do not uphold the complaint.", False),
        ("Closed after initial enquiries", "She was distressed.", "We will not investigate this complaint.", None),
        ("Upheld", "The Council has agreed.", "We uphold this complaint because the Council has agreed to pay.", None),
    ],
)
def test_injustice_found(label, findings, final, injustice):
    assert record(label, findings=[findings], final=[final]).injustice_found is injustice


def test_a_remedy_shows_injustice():
    decision = record(
        findings=[FAULT], action=["The Council has agreed to pay Ms P £100 for her distress within four weeks."]
    )
    assert decision.injustice_found is True


def test_settled_without_deciding_whether_there_was_fault():
    final = "I have completed my investigation, as the Council will settle. I have not needed to decide whether there was fault."
    decision = made_up.small(final=[final], action=["The Council has agreed to pay Ms P £90 for her distress."])
    assert (decision.outcome, decision.fault_found, decision.injustice_found) == ("upheld", None, None)


def test_upheld_because_it_was_agreed_to_put_things_right_is_no_finding():
    decision = made_up.small(
        summary="We have upheld this complaint because the Council has agreed to resolve it early.",
        findings=["The Council has agreed to pay Ms P £100."],
        final=["We have upheld this complaint."],
    )
    assert decision.fault_findings == [] and decision.fault_found is None


@pytest.mark.parametrize(
    ("final", "findings"),
    [
        ("I have completed my investigation and uphold the complaint.", [True, True]),
        ("We will not investigate this complaint.", []),
    ],
)
def test_only_what_is_not_investigated_has_no_finding_to_close_by(final, findings):
    decision = made_up.small(
        summary="We cannot investigate the appeal.", findings=["I uphold this part of the complaint."], final=[final]
    )
    assert [f.fault for f in decision.fault_findings] == findings


def test_ended_with_a_finding_is_no_discontinued_investigation():
    head = {**made_up.HEAD, "outcome": ""}
    final = ["I have found fault. The Council has accepted my recommendations and I have ended my investigation."]
    assert made_up.small(final=final, head=head).outcome == "upheld"
    assert made_up.small(final=["I have ended my investigation."], head=head).outcome == "discontinued"


@pytest.mark.parametrize(
    ("said", "injustice"), [("Nothing was lost by it, so there was no injustice.", False), ("It was fault.", True)]
)
def test_a_remedy_where_the_complaint_is_not_upheld(said, injustice):
    head = {**made_up.HEAD, "outcome": "Not upheld"}
    findings = [f"The Council was at fault for losing a letter. {said}"]
    decision = made_up.small(findings=findings, action=["The Council has agreed to clear her drain."], head=head)
    assert (decision.fault_found, decision.injustice_found) == (True, injustice)


@pytest.mark.parametrize(
    ("final", "outcome"),
    [
        ("There was fault which caused injustice to Ms P. I do not uphold her complaint about the fees.", "upheld"),
        ("There was fault in one letter, which caused no injustice. I do not uphold the complaint.", "not_upheld"),
    ],
)
def test_not_upheld_in_part_where_no_label_says_so(final, outcome):
    head = {name: value for name, value in made_up.HEAD.items() if name != "outcome"}
    decision = made_up.small(
        findings=["The lost letter was fault."],
        action=["The Council has agreed to apologise to Ms P and pay her £100."],
        final=[final],
        head=head,
    )
    assert decision.outcome == outcome
