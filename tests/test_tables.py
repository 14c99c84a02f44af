import datetime as dt
import hashlib
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import tables
from pipeline.records import Block, Decision, Evidence, FaultFinding, Improvement, Remedy, Section

EVIDENCE = "quote string, start int32, end int32, paragraph int32?, section string?, rule string"
ITEMS = {
    "fault_findings": f"finding_no int32, fault bool, part closed, {EVIDENCE}",
    "remedies": "remedy_no int32, kind closed, amount decimal128(12 2)?, unit_amount decimal128(12 2)?, units int32?, "
    "unit string?, recipient string?, body string?, status closed, deadline string?, deadline_date date32[day]?, "
    f"{EVIDENCE}, warnings list",
    "procedural_improvements": "improvement_no int32, kind closed, status closed, deadline string?, "
    f"deadline_date date32[day]?, body string?, {EVIDENCE}, warnings list",
}
EXPECTED = {
    "decisions": "decision_id string, case_reference string?, council string?, other_bodies list, "
    "council_code string?, council_type closed?, region closed?, category string?, subcategory string?, "
    "outcome closed, outcome_label string?, outcome_source closed, decision_date date32[day]?, summary string?, "
    "fault_found bool?, injustice_found bool?, "
    "remedy_total decimal128(12 2), remedy_total_complete bool, fault_findings list, remedies list, "
    "procedural_improvements list, source_path string, text_sha256 string, warnings list",
    **{name: f"decision_id string, {columns}" for name, columns in ITEMS.items()},
    "texts": "decision_id string, text string, sections list, paragraphs list",
    "files": "path string, bytes int64?, sha256 string?, status closed, reason string?, decision_id string?",
}


def shown(fields):
    def kind(t):
        if pa.types.is_dictionary(t):
            return "closed"
        return "list" if pa.types.is_list(t) else str(t).replace(", ", " ")

    return ", ".join(f"{f.name} {kind(f.type)}{'?' if f.nullable else ''}" for f in fields)


def nested(fields):
    for field in fields:
        yield field
        if pa.types.is_list(field.type) and pa.types.is_struct(field.type.value_type):
            yield from nested(field.type.value_type)


@pytest.mark.parametrize("name", EXPECTED)
def test_columns_are_the_interface(name):
    assert list(tables.TABLES) == list(EXPECTED)
    assert shown(tables.TABLES[name]) == EXPECTED[name]


@pytest.mark.parametrize("name", ITEMS)
def test_lists_of_decisions_are_the_items_without_decision_id(name):
    assert shown(tables.TABLES["decisions"].field(name).type.value_type) == ITEMS[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_column_is_described(name):
    for field in nested(tables.TABLES[name]):
        assert field.metadata[b"description"].endswith(b"."), field.name
        assert pa.types.is_dictionary(field.type) == (b"values" in field.metadata), field.name
        assert pa.types.is_decimal(field.type) == (field.metadata.get(b"unit") == b"pounds"), field.name


def decision(**changes) -> Decision:
    text = "Kent County Council (24 003 873)\nThe complaint\n1. It was late.\nIt should pay £100."
    late = Evidence("It was late.", 50, 62, 1, "The complaint", "finding.late")
    pay = Evidence("It should pay £100.", 63, 82, None, None, "payment.sum")
    values = {
        "text": text,
        "sections": [Section("", "heading", 0, 33), Section("The complaint", "complaint", 33, 82)],
        "blocks": [Block(50, 62, 1, number=1), Block(63, 82, 0, depth=1)],
        "decision_id": "24-003-873",
        "case_reference": "24 003 873",
        "council": "Kent County Council",
        "other_bodies": [("Ashgrove Care", None)],
        "council_type": "county",
        "decision_date": dt.date(2025, 2, 18),
        "fault_findings": [FaultFinding(True, "findings", late)],
        "remedies": [
            Remedy("financial_distress", "agreed", pay, amount=Decimal("100"), deadline="P4W"),
            Remedy("apology", "recommended", late),
        ],
        "procedural_improvements": [Improvement("training_or_guidance", "agreed", late)],
        "warnings": ["text_cut_off"],
    }
    return Decision(**(values | changes))


def written(folder, *decisions):
    rows = [tables.record(f"key{i}", d) for i, d in enumerate(decisions)]
    records = tables.to_arrow(rows).append_column("source_path", pa.array([f"{i}.txt" for i in range(len(rows))]))
    with tables.Writer(folder, {"run_id": "r", "pipeline_version": "v", "patterns_hash": "h"}) as writer:
        writer.add(records)
        writer.add_files([{"path": "0.txt", "bytes": 3, "status": "extracted", "decision_id": "24-003-873"}])
    return {name: pq.read_table(folder / f"{name}.parquet") for name in tables.TABLES}


def test_a_decision_in_all_tables(tmp_path):
    found = written(tmp_path, decision())
    for name, table in found.items():
        schema = tables.TABLES[name].with_metadata({"run_id": "r", "pipeline_version": "v", "patterns_hash": "h"})
        assert table.schema.equals(schema, check_metadata=True)
        table.validate(full=True)
    row = found["decisions"].to_pylist()[0]
    assert row["remedy_total"] == Decimal("100.00") and row["remedy_total_complete"] is True
    assert row["other_bodies"] == [{"name": "Ashgrove Care", "case_reference": None}]
    assert row["text_sha256"] == hashlib.sha256(decision().text.encode()).hexdigest()
    # in text order, whatever order the stages left them in
    assert [(r["remedy_no"], r["kind"]) for r in row["remedies"]] == [(1, "apology"), (2, "financial_distress")]
    for name in ITEMS:
        assert found[name].to_pylist() == [{"decision_id": "24-003-873"} | item for item in row[name]]
    text = found["texts"].to_pylist()[0]
    for item in [*row["remedies"], *row["fault_findings"], *row["procedural_improvements"]]:
        assert text["text"][item["start"] : item["end"]] == item["quote"]
    assert text["paragraphs"][0] == {"number": 1, "section": "The complaint", "start": 50, "end": 62, "depth": 0}
    assert text["paragraphs"][1]["section"] is None


def test_file_is_zstd_and_knows_its_order(tmp_path):
    written(tmp_path, decision())
    group = pq.ParquetFile(tmp_path / "remedies.parquet").metadata.row_group(0)
    assert {group.column(i).compression for i in range(group.num_columns)} == {"ZSTD"}
    assert [c.column_index for c in group.sorting_columns] == [0, 1]


def test_pandas_reads_closed_vocabularies_as_categories(tmp_path):
    written(tmp_path, decision())
    remedies = pq.read_table(tmp_path / "remedies.parquet").to_pandas()
    assert str(remedies["kind"].dtype) == "category" and len(remedies["kind"].cat.categories) == 9


def test_without_items_lists_are_empty_and_total_is_nought(tmp_path):
    found = written(tmp_path, decision(fault_findings=[], remedies=[], procedural_improvements=[]))
    row = found["decisions"].to_pylist()[0]
    assert row["remedies"] == [] and row["remedy_total"] == 0 and row["remedy_total_complete"] is True
    assert all(found[name].num_rows == 0 for name in ITEMS)


NOWHERE = Evidence("It", 50, 52, 1, None, "x")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"outcome": "unknown"}, "outcome 'unknown' is none of its values"),
        ({"decision_id": None}, "decision_id is null"),
        ({"council_type": "kingdom"}, "council_type 'kingdom' is none of its values"),
        (
            {"remedies": [Remedy("apology", "agreed", NOWHERE), Remedy("gift", "agreed", NOWHERE)]},
            "kind 'gift' is none",
        ),
        ({"fault_findings": [FaultFinding(True, None, NOWHERE)]}, "part is null"),
    ],
)
def test_a_value_outside_its_vocabulary_is_an_error(changes, error):
    with pytest.raises(ValueError, match=error):
        tables.record("key", decision(**changes))


def test_sums_are_rounded_to_the_penny(tmp_path):
    third = Remedy("financial_distress", "agreed", NOWHERE, amount=Decimal("33.335"))
    row = written(tmp_path, decision(remedies=[third, third]))["decisions"].to_pylist()[0]
    assert [r["amount"] for r in row["remedies"]] == [Decimal("33.34")] * 2
    assert row["remedy_total"] == Decimal("66.67")


def test_a_value_too_large_costs_its_own_decision_only():
    huge = Remedy("apology", "agreed", Evidence("It", 50, 52, 1, None, "x"), amount=Decimal("99999999999999"))
    rows = [tables.record("good", decision()), tables.record("bad", decision(remedies=[huge]))]
    good, bad = tables.to_arrow(rows).to_pylist()
    assert good["decision_id"] == "24-003-873" and good["reason"] is None
    assert bad["decision_id"] is None and "does not fit" in bad["reason"]


def test_words_are_equal_in_two_layouts():
    other = decision(text=decision().text.replace("It was late.", "It was\nlate."))
    assert tables.record("a", decision())["words_sha256"] == tables.record("b", other)["words_sha256"]
    assert tables.record("a", decision())["text_sha256"] != tables.record("b", other)["text_sha256"]
