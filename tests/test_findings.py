"""Fault findings: what LABELLING.md counts in and out, polarity, parts, clauses."""

import made_up
import pytest

from pipeline.structure import sentences


def findings(*paragraphs, part="findings", **more):
    """(fault, quote) of the findings in one part of a small decision."""
    place = {"findings": "findings", "final_decision": "final", "summary": "summary"}[part]
    text = paragraphs[0] if part == "summary" else paragraphs
    decision = made_up.small(**{place: text}, **more)
    return [(f.fault, f.evidence.quote) for f in decision.fault_findings if f.part == part]


FAULT = [
    "The Council did nothing about the noise and was at fault.",
    "Doing nothing about the damp for a year was fault.",
    "Nothing in the policy says this and the Council was at fault for telling her so.",
    "Not one of the calls was logged so the Council was at fault.",
    "That not a single visit took place was fault.",
    "The draft was not the same as the final plan and the Council was at fault for this.",
    "The Council did not do enough to find her a place and was at fault.",
    "The Council was at fault in its first decision about the grant.",
    "The Council did not accept this was fault; however, I find that it was.",
    "The Council denies that it was at fault, but my view is that it was.",
    "Not considering whether to backdate the award was fault.",
    "There was too little information in the letter to show how to appeal and the Council was at fault for this.",
    "That I regard as service failure.",
    "The School concedes that this was fault, and I so find.",
    "It told me that it could not quarrel with being called at fault and I do find that it was.",
    "The Trust says that it was not at fault, but I find that it was.",
    "I considered whether this was fault and I conclude that it was.",
    "Not considering what it would mean for Ms P was fault.",
    "Starting recovery in March when a complaint was still open was fault.",
    "The Council failed to consider the evidence Mrs X sent to it and was at fault.",
    "Mrs X had pointed out that she could not use the stairs and it was fault for the Council to ignore this.",
    "Mr X reported a fault with his boiler in May and the Council did not act until July, which was fault.",
    "The officer issued a report that did not deal with the risk and this was fault.",
    "This was a serious failing in the care Mr Y received.",
    "This was caused by fault by the Council.",
    "As the Council accepts, it was at fault.",
    "The panel did not consider the letter she gave to it and was at fault.",
    "The Council was at fault for telling her by telephone but not in writing.",
    "It was fault to send the notice by email and not by post.",
    "The Council was at fault for failing to provide any lessons except for two hours a week of tuition.",
    "It was fault to refuse all the costs save for the taxi.",
    "I cannot say the panel reached its decision without fault.",
    "It is not in dispute that the Council was at fault.",
    "The Council was at fault as it read the first report but not that of Dr Y.",
    "The limit was imposed with fault.",
    "Not to do what it had agreed in May was fault of the complaints team.",
    "It should not have asked for this, and in doing so it was guilty of maladministration.",
    "The mistake in the bill was the Council’s fault.",
    "It had charge of the rings and their loss was due to fault on its part.",
    "It is not in dispute that this was fault.",
    "This was fault and not in line with the regulations.",
    "I do not believe the visits took place, and billing her for them was fault.",
    "The Council has accepted there was fault in its letters, and that is our finding as well.",
    "The Trust has accepted that the missed calls amount to fault, and so do I.",
    "This was a failing on the Council’s part.",
    "The School accepts it read the wrong figures, and that was fault on its part.",
    "To ask for a second form, when it had been told that the first was lost, was careless and was fault.",
    "The Council has accepted fault and I agree with its view.",
    "The letter told her that nothing was owed and it was fault to send it.",
    "The Council calls this service failure and it is right to do so.",
    "The Council’s failure to carry out what it had accepted is further fault.",
    "I find fault with the Council where a social worker did not visit.",
    "Each organisation was at fault for not replying.",
    "That is strictly speaking fault, though it changed nothing.",
    "Although the Council says it acted without fault, I find it was at fault.",
    "The Council does not dispute that it was at fault, and I find that it was.",
    "This was fault.",
    "The delay of six weeks is fault.",
    "That was, in my view, further fault.",
    "This amounts to service failure.",
    "Its failure to reply was maladministration.",
    "The Council was at fault for not replying.",
    "We find the Council at fault.",
    "I have found fault in how the Council dealt with the appeal.",
    "We found failings in how the Home kept its records.",
    "The Council should have replied within 20 days and its failure to do so was maladministration.",
    "The panel gave no reasons, which was fault, and the Council accepted this.",
    "The Council’s failure to reply was fault, which the Council accepted.",
    "My provisional view is that the Council is at fault.",
    "The Council accepts it was at fault and I agree.",
    "I consider the delay to be fault.",
    "I cannot say that the Council was not at fault.",
]
NO_FAULT = [
    "There is nothing in the records to show the Council was at fault.",
    "I see nothing in that to criticise and find no fault.",
    "There was nothing in law to stop the sale and so no fault by the Council.",
    "Not one of the letters was late so there was no fault.",
    "I have not seen any evidence to suggest the Council was at fault.",
    "There is too little evidence to find fault.",
    "We exonerate the Council from any fault.",
    "That I do not regard as fault.",
    "No single officer was at fault.",
    "Nothing I have read suggests the Council was at fault.",
    "It is not clear that the Council was at fault.",
    "Nothing about this was fault.",
    "Not one of these steps was fault.",
    "I acquit the Council of fault on this point.",
    "We clear the officer of fault in this regard.",
    "Being abrupt is not the same as being at fault, and I do not think he went further than that.",
    "The two notes bear out neither account and there is not enough evidence to find fault in how she spoke.",
    "We found no fault in the first decision to refuse a place.",
    "Mr P says there was fault in the visit, but I do not think there was.",
    "I considered whether the Trust was at fault, and I find that it was not.",
    "That does not make it fault.",
    "The Council reached its decision not to take enforcement action without fault.",
    "The Council made the decision that Mrs X was not eligible for support without fault.",
    "I cannot say the decision was wrong as it was made without fault.",
    "The Council decided Mr X was not in priority need and there was no fault in how it did so.",
    "The delay was caused by a technical fault and I do not find the Council at fault.",
    "Although Mr X says the officer was rude there is no evidence of fault.",
    "When the panel met, it had the evidence and made its decision without fault.",
    "I do not find the Council, which took advice from its lawyers, at fault.",
    "I do not consider, on balance, the Council at fault for this.",
    "In respect of Mrs X’s claim that she was misled, there is no fault.",
    "I do not consider that the delay, which was short, was fault.",
    "There is no evidence that the decision, taken by the panel, was at fault.",
    "I have seen no evidence that the social worker, Ms T, was at fault.",
    "I do not agree that the visit, in May, was too short and was fault.",
    "I do not consider the panel was biased, and nothing Mr X has sent me shows it was at fault.",
    "There is no evidence that it ignored him, and nothing to suggest it was at fault.",
    "The delay was not the Council’s fault.",
    "The Council apologised at the time, and two weeks in so long a matter is not so long that I would call it fault.",
    "The Council looked into the noise and came to its decision without fault.",
    "I have seen no evidence of that and do not find fault on this point.",
    "I do not uphold the rest, and as the School has agreed to a new appeal I have completed my investigation.",
    "Nor did the Council act with fault in respect of the trees.",
    "Although Mr P does not agree with her opinion there is no fault in how she came to it.",
    "On balance I can’t make a finding of fault.",
    "I do not consider the Council can be criticised for this and so there was no fault.",
    "I do not consider there is enough evidence of fault for us to look into this.",
    "There was not enough evidence to say he had been rude and the Ombudsman did not find fault about this.",
    "I find it weighed what it had to as it should and was not at fault.",
    "Without fault in the process I cannot criticise the judgement she came to.",
    "I do not consider an error of that kind amounts to fault.",
    "While Mr P does not agree, there was no fault in how it came to this view.",
    "We cannot say, even on balance, that she was misled and there is insufficient evidence to find fault on this point.",
    "There is no evidence on which I could find fault with their conduct.",
    "I do not find the Council at fault for how it responded.",
    "We found no fault in how the Council decided the application.",
    "There is not enough evidence to find fault on this head.",
    "There was no fault in how it did this.",
    "I cannot fault the Council’s reasoning.",
    "I have seen no evidence of fault by the Council.",
    "The Council was not at fault.",
    "This does not amount to fault.",
    "Neither the Council nor the school was at fault.",
    "I do not uphold this part of the complaint.",
    "I did not find any fault in the way the panel reached its decision.",
]
NOT_A_FINDING = [
    "Mrs P says the Council's fault caused her fall, but I do not think it did.",
    "The Council says the fault was minor, but I do not agree that it was.",
    "The Council says the boiler had a fault, and I accept that it did.",
    "The Council says it was at fault for the delay, and I accept that it was sorry.",
    "I cannot question the merits of a decision reached without fault.",
    "It is not in dispute that the driver was at fault.",
    "Mr X remained convinced that the Council was at fault.",
    "The Council must reconsider the application and make its decision without fault.",
    "We cannot question a decision, where there was no fault in how it was reached.",
    "Whilst the Council accepts in hindsight there was fault, it does not think that Mrs X lost anything.",
    "The Council accepts that the delay, which lasted six months, was fault.",
    "Mrs X believes the social worker, Ms T, was at fault.",
    "Mr X considers the Council was at fault for the delay.",
    "The Council considers the delay was not fault.",
    "The Council’s stage two investigation found fault in how it assessed Mrs X.",
    "The tribunal found the school at fault.",
    "The Housing Ombudsman found maladministration by the landlord.",
    "In the Council’s view, it was not at fault.",
    "The Council’s position is that it was not at fault.",
    "Mr X is of the view that the Council was at fault.",
    "Mr X’s complaint is that it was fault for the Council to fell the tree.",
    "Had the Council taken its decision without fault, Mrs X would have had the place sooner.",
    "The Council must now make a fresh decision without fault.",
    "Mrs X thinks the Council was at fault in how it dealt with her, but this is my decision on the complaint.",
    "The Council should pay her £200 for the distress that was due to fault on its part.",
    "The boiler was old and it was failing on most nights.",
    "It was raised on the Council’s fault reporting form.",
    "There was a fault with the telephone line that week.",
    "I do not know what a panel acting without fault would have decided.",
    "That means that the fault has led to a loss of privacy for Mr P.",
    "Mrs X says the delay was fault.",
    "She said the failure was fault.",
    "The Council says its delay was not fault.",
    "Mrs X says it did not reply and it was fault not to.",
    "However, we make findings of service failure where a council does not meet a time that the law sets.",
    "We do not find fault with a council for every missed bin.",
    "I recognise that not every missed bin is fault.",
    "A missed collection would not normally be fault.",
    "The Council failed to reply.",
    "The Council should have replied sooner.",
    "This was a missed opportunity.",
    "It is not clear why the Council did not reply.",
    "There was a delay of six weeks.",
    "There was no delay.",
    "Mrs X says the Council was at fault for the delay.",
    "Mr X complained that the Council was at fault.",
    "The Council said in its reply that it was not at fault.",
    "In its response the Council accepted it was at fault for the delay.",
    "The stage two investigator found fault with the Council.",
    "It is likely we would find fault.",
    "If the Council had done this it would have been at fault.",
    "We consider whether there was fault in the way an organisation made its decision.",
    "If there was no fault in the decision making, we cannot question the outcome.",
    "I have considered whether the Council was at fault.",
    "The distress caused by the Council’s faults was significant.",
    "To remedy the injustice caused by the faults the Council should apologise.",
    "The Council has not complied with our earlier recommendation.",
    "Was the Council at fault?",
    "I consider that these faults call the decision into question.",
    "Mrs X is a tenant and fault with the boiler was reported in May.",
    "We make findings of service failure where the timescales are not met.",
]


@pytest.mark.parametrize(
    "sentence",
    ["This was a significant delay and fault.", "That was an error, and fault.", "This was a poor decision and fault."],
)
def test_a_noun_and_fault(sentence):
    assert findings(sentence) == [(True, sentence)]


def test_so_much_as_denies_nothing():
    sentence = "Six weeks without so much as a telephone call was fault."
    assert findings(sentence) == [(True, sentence)]


@pytest.mark.parametrize("sentence", FAULT)
def test_fault(sentence):
    assert findings(sentence) == [(True, sentence)]


@pytest.mark.parametrize("sentence", NO_FAULT)
def test_no_fault(sentence):
    assert findings(sentence) == [(False, sentence)]


@pytest.mark.parametrize("sentence", NOT_A_FINDING)
def test_not_a_finding(sentence):
    assert findings(sentence) == []


def test_the_quote_is_the_sentence_alone():
    text = "The Council failed to assess Mr X. This is service failure. It caused distress."
    assert findings(text) == [(True, "This is service failure.")]


def test_an_item_without_a_full_stop_is_quoted_whole():
    found = findings(("My conclusions are:", ["the delay was fault; and", "there was no fault in the assessment"]))
    assert found == [(True, "the delay was fault; and"), (False, "there was no fault in the assessment")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The Council was at fault for the delay but there was no fault in how it assessed her.",
            [
                (True, "The Council was at fault for the delay"),
                (False, "but there was no fault in how it assessed her."),
            ],
        ),
        (
            "I find no fault in the assessment, but the delay in sending it was fault.",
            [(False, "I find no fault in the assessment"), (True, "but the delay in sending it was fault.")],
        ),
        (
            "I uphold the complaint, apart from what Mrs X says about the gate and the shed, where there was no fault.",
            [
                (True, "I uphold the complaint"),
                (False, "apart from what Mrs X says about the gate and the shed, where there was no fault."),
            ],
        ),
        (
            "I uphold the complaint about the fees but not that about the loft.",
            [(True, "I uphold the complaint about the fees"), (False, "but not that about the loft.")],
        ),
        (
            "I uphold this part of their complaint, I do not uphold the rest, and as it has agreed to a remedy I end here.",
            [
                (True, "I uphold this part of their complaint"),
                (False, "I do not uphold the rest, and as it has agreed to a remedy I end here."),
            ],
        ),
        (
            "The Ombudsman finds there was fault on both points, though not in the Council’s refusal to pay for a tablet.",
            [
                (True, "The Ombudsman finds there was fault on both points"),
                (False, "though not in the Council’s refusal to pay for a tablet."),
            ],
        ),
        (
            "I uphold all her complaints except for the one about transport.",
            [(True, "I uphold all her complaints"), (False, "except for the one about transport.")],
        ),
        (
            "I find the Council at fault for its delay in assessing her, but not in its decision on her needs.",
            [
                (True, "I find the Council at fault for its delay in assessing her"),
                (False, "but not in its decision on her needs."),
            ],
        ),
        (
            "I uphold the complaint, except for the part which concerns therapy.",
            [(True, "I uphold the complaint"), (False, "except for the part which concerns therapy.")],
        ),
        (
            "We found no fault on the first complaint and fault on the second.",
            [(False, "We found no fault on the first complaint"), (True, "and fault on the second.")],
        ),
        (
            "There was no fault, apart from that part of the complaint on costs.",
            [(False, "There was no fault"), (True, "apart from that part of the complaint on costs.")],
        ),
    ],
)
def test_a_sentence_that_finds_both_ways_is_two_entries(sentence, expected):
    assert findings(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Nor can I fault how the officer went about the visit.", False),
        ("The wait for the part was nobody’s fault.", False),
        ("It was likewise fault not to send her the form.", True),
        ("The policy says a note must be made of each call, and in my view that was fault.", True),
        ("The Council accepts there was fault in this and so do we.", True),
        ("I take another view of it and do not consider that the wait was fault.", False),
    ],
)
def test_whose_view_it_is(sentence, fault):
    assert [f for f, _ in findings(sentence)] == [fault]


@pytest.mark.parametrize(
    "sentence",
    [
        "In case 19 004 321, which we decided in 2020, we found that the Council was at fault.",
        "Ms P pointed to a decision of ours in which we found this Council at fault for losing letters.",
        "It sent her £100, and wrote that no fault was admitted.",
        "It sent her £100 with a note that 'no fault on our part is admitted'.",
        "His illness was nobody’s fault but the Council knew of it and could have sent somebody else.",
    ],
)
def test_other_cases_and_other_people_s_words_are_none(sentence):
    assert findings(sentence) == []


def test_a_possessive_opens_no_quotation():
    assert findings("The tenants' letter went unanswered and the landlords' part in that was fault.") != []


def test_a_part_that_is_not_investigated_closes_nothing_where_fault_was_found():
    decision = made_up.small(
        summary="Ms P complained of delay. We cannot investigate the repairs. The Council was at fault.",
        findings=["The Council’s delay was fault.", "I find no fault in how it made the offer."],
        final=["There was fault by the Council. It accepts my recommendations, which ends the matter."],
    )
    assert [f.fault for f in decision.fault_findings if f.part == "findings"] == [True, False]


def test_two_faults_in_one_sentence_are_one_entry():
    assert len(findings("The delay was fault and the failure to explain it was also fault.")) == 1


def test_a_lead_in_that_states_fault_is_a_finding_and_its_items_are_not():
    found = findings(("I found the Council was at fault because it:", ["lost the file;", "did not reply."]))
    assert found == [(True, "I found the Council was at fault because it:")]


def test_i_uphold_after_findings_of_fault():
    found = findings("I find the Council at fault.", "I uphold this complaint.")
    assert found == [(True, "I find the Council at fault."), (True, "I uphold this complaint.")]


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ("The delay was fault.", [(True, "I uphold this complaint as the Council has agreed a remedy.")]),
        ("There was no fault in how the Council decided her banding.", []),
    ],
)
def test_upheld_as_the_council_agreed_is_a_finding_where_fault_was_found(finding, expected):
    final = "I uphold this complaint as the Council has agreed a remedy."
    decision = made_up.small(findings=[finding], final=[final])
    told = [(f.fault, f.evidence.quote) for f in decision.fault_findings if f.part == "final_decision"]
    assert told == expected


def test_upheld_because_the_council_agreed_is_none():
    decision = made_up.small(
        summary="We uphold this complaint because the Council has agreed to put it right.",
        final=["We uphold this complaint because the Council has agreed to pay Ms P £100."],
    )
    assert decision.fault_findings == [] and decision.fault_found is None and decision.injustice_found is None


def test_a_reason_to_close_is_none():
    decision = made_up.small(
        summary="We will not investigate this complaint because there is not enough evidence of fault.",
        final=["We will not investigate Ms P’s complaint. There is not enough evidence of fault by the Council."],
        head={**made_up.HEAD, "outcome": "Closed after initial enquiries"},
    )
    assert decision.fault_findings == [] and decision.fault_found is None


def test_fault_stated_all_the_same_in_a_closed_decision():
    decision = made_up.small(
        findings=["The Council’s delay was fault."],
        summary="We will not investigate this complaint.",
        final=["We will not investigate Ms P’s complaint because the Council has put it right."],
        head={**made_up.HEAD, "outcome": "Closed after initial enquiries"},
    )
    assert [f.fault for f in decision.fault_findings] == [True] and decision.fault_found is True


@pytest.mark.parametrize("part", ["summary", "findings", "final_decision"])
def test_parts(part):
    assert findings("The Council was at fault.", part=part) == [(True, "The Council was at fault.")]


def test_parts_that_hold_no_findings():
    """Standing paragraphs, the complaint and the agreed action speak of fault in every decision."""
    decision = made_up.small(
        complaint=["The Council was at fault."], action=["The Council was at fault. It will apologise to Ms P."]
    )
    assert decision.fault_findings == []


def test_headings_are_none():
    sections = [(h if h != "Analysis" else "Fault in how the Council assessed Mr T", p) for h, p in made_up.SECTIONS]
    found = [f.evidence.quote for f in made_up.read_decision(made_up.website(sections=sections)).fault_findings]
    assert not any(q.startswith("Fault in how") for q in found) and len(found) == 5


def test_words_in_quotation_marks_are_somebody_else_s():
    assert findings("The letter read: “The Council was at fault and we are sorry.”") == []


def test_a_finding_within_a_quotation_of_several_sentences_is_not_the_ombudsman_s():
    decision = made_up.small(
        findings=["The Council told her: “We looked at this again. We were at fault for the delay. We are sorry.”"]
    )
    assert decision.fault_findings == []


def test_evidence():
    decision = made_up.small(findings=["The Council waited.", "It did not reply. This was fault."])
    (finding,) = decision.fault_findings
    place = finding.evidence
    assert decision.text[place.start : place.end] == place.quote == "This was fault."
    assert (place.paragraph, place.section) == (5, "What I found") and place.rule.startswith("finding.")
    assert (place.start, place.end) in set(sentences(decision.text, place.start, place.end))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If we did investigate, we would probably find fault, given what the Council says.", []),
        ("It is more likely than not that an investigation would end with our finding fault.", []),
        ("I told the Council that, were we to investigate, we would probably find that it was at fault.", []),
        ("There is a good prospect of our finding fault here.", []),
        ("I would have been gentler had it apologised, but I find the Council at fault.", [True]),
        ("I looked at how the Council reached its decision and found no fault.", [False]),
        ("I have considered what the Council did and found it was at fault.", [True]),
        ("The Council reviewed its decision and found no fault.", []),
        ("The panel looked at her file and concluded that there was fault.", []),
        ("The panel looked at her file and concluded that there was fault, and I agree.", [True]),
        ("The Council decided to refuse her request, and I find no fault in that.", [False]),
    ],
)
def test_what_would_be_found_and_what_others_found(text, expected):
    assert [fault for fault, _ in findings(text)] == expected


def test_upheld_on_the_footing_that_it_agreed_is_none():
    decision = made_up.small(
        summary="The Council has agreed to put this right.",
        final=["We have upheld this complaint on the footing that the Council has agreed to resolve it early."],
    )
    assert decision.fault_findings == [] and decision.fault_found is None


@pytest.mark.parametrize(
    "verdict",
    [
        "I have no hesitation in describing that as maladministration.",
        "I had no choice but to find fault with the Council.",
    ],
)
def test_no_hesitation_denies_nothing(verdict):
    assert [f.fault for f in made_up.small(findings=[verdict]).fault_findings] == [True]


def test_several_sentences_in_straight_single_quotation_marks_are_anothers():
    said = "Its reply said: 'I am sorry for the wait. I uphold this part as there was an administrative fault. The sum is right.'"
    decision = made_up.small(
        findings=[f"{said} The carers' notes were kept. I find losing the parents' letter was fault."]
    )
    assert [f.evidence.quote for f in decision.fault_findings] == ["I find losing the parents' letter was fault."]
