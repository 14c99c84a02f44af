"""`from pipeline import extract, load`: what they give, what they refuse, and every example in a docstring."""

import doctest
import importlib
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import extract, load, structure
from pipeline import tables as schemas
from pipeline.api import LoadError
from pipeline.run import run

ROOT = Path(__file__).parent.parent
EXAMPLES = [path for path in sorted((ROOT / "pipeline").rglob("*.py")) if ">>> " in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_examples_in_docstrings(path, out, tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "raw").symlink_to(ROOT / "data" / "raw")
    (tmp_path / "data" / "processed").symlink_to(out)
    monkeypatch.chdir(tmp_path)
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted and not result.failed


def test_the_front_page_is_light_and_small():
    code = """
import sys, pipeline
assert pipeline.__all__ == ["extract", "load"]
assert not {"pandas", "spacy", "pyarrow"} & set(sys.modules)
try:
    pipeline.nonsense
except AttributeError as error:
    print(error)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout == "module 'pipeline' has no attribute 'nonsense'\n"


def test_extract_gives_what_the_tables_hold(tables):
    row = tables.find("22-014-117")
    decision = extract((ROOT / "data/raw/website/22-014-117.txt").read_text(encoding="utf-8"))
    for name in schemas.ITEMS:
        items = getattr(decision, name)
        assert [i.evidence.quote for i in items] == [i["quote"] for i in row[name]]
        for item in items:
            assert decision.text[item.evidence.start : item.evidence.end] == item.evidence.quote
    assert (decision.decision_id, decision.remedy_total) == (row["decision_id"], row["remedy_total"])


def test_extract_refuses_what_is_no_decision():
    with pytest.raises(structure.NotADecision):
        extract((ROOT / "data/raw/website/news-2024-07.txt").read_text(encoding="utf-8"))


def test_types_are_those_an_analyst_wants(tables):
    decisions, remedies = tables.decisions, tables.remedies
    assert list(decisions["outcome"].cat.categories)[:2] == ["upheld", "not_upheld"]
    assert decisions["decision_date"].dt.year.max() == 2024
    assert decisions["fault_found"].dtype == "boolean" and remedies["units"].dtype == "Int32"
    assert decisions["council"].dtype == "str"
    for column in (decisions["remedy_total"], remedies["amount"]):
        assert isinstance(column.sum(), Decimal) and pa.types.is_decimal(column.dtype.pyarrow_dtype)
    assert remedies["amount"].isna().any() and remedies["amount"].median() > 0
    assert remedies.groupby("kind")["amount"].sum().sum() == remedies["amount"].sum()


def test_lists_can_be_used_as_they_are(tables):
    decisions = tables.decisions
    amounts = decisions["remedies"].list.flatten().struct.field("amount")
    assert amounts.sum() == decisions["remedy_total"].sum() == tables.remedies["amount"].sum()
    cell = decisions["remedies"].iloc[-1]
    assert isinstance(cell, list) and cell[0]["remedy_no"] == 1
    assert len(decisions[["decision_id", "remedies"]].explode("remedies").dropna()) == len(tables.remedies)


@pytest.mark.parametrize("name", [n for n in schemas.TABLES if n != "decisions"])
def test_joined_keeps_the_rows_and_adds_their_decision(tables, name):
    joined, own = tables.joined(name), getattr(tables, name)
    assert len(joined) == len(own) and list(joined.columns[: len(own.columns)]) == list(own.columns)
    outcomes = tables.decisions.set_index("decision_id")["outcome"].to_dict()
    assert joined["outcome"].astype(object).fillna("").to_list() == [outcomes.get(i, "") for i in own["decision_id"]]


def test_joined_knows_no_other_table(tables):
    for name in ("decisions", "nonsense"):
        with pytest.raises(KeyError, match="fault_findings, remedies"):
            tables.joined(name)


def test_find(tables):
    assert tables.find("22 014 117")["decision_id"] == tables.find("22-014")["decision_id"] == "22-014-117"
    assert tables.find("20-009-941A")["council"] == "Suffolk County Council"
    with pytest.raises(LookupError, match="There is no decision 99-999-999 in"):
        tables.find("99-999-999")
    with pytest.raises(LookupError, match=r"20-009-941 begins 2 ids in .*20-009-941a, 20-009-941b"):
        tables.find("20-009-941")
    with pytest.raises(LookupError):
        tables.find("")


def test_a_later_run_does_not_change_what_is_loaded(tmp_path):
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    texts = sorted((ROOT / "data/raw/website").glob("2[0-3]*.txt"))
    runs = []
    for text in texts[:3]:
        shutil.copy(text, corpus)
        run(corpus, out, worker_count=1)
        runs.append(load(out))
    # The first run's files are gone by now.
    assert [len(each.decisions) for each in runs] == [1, 2, 3]
    assert len({each.run["run_id"] for each in runs}) == 3


def test_tables_of_two_runs_are_refused(out, tmp_path):
    for name in schemas.TABLES:
        shutil.copy(out / f"{name}.parquet", tmp_path)
    table = pq.read_table(tmp_path / "remedies.parquet")
    other = table.schema.metadata | {b"run_id": b"another"}
    pq.write_table(table.replace_schema_metadata(other), tmp_path / "remedies.parquet")
    with pytest.raises(LoadError, match="are of 2 runs; extract again"):
        load(tmp_path)


def test_tables_in_part_files(out, tables, tmp_path):
    for name in schemas.TABLES:
        table = pq.read_table(out / f"{name}.parquet")
        (tmp_path / name).mkdir()
        pq.write_table(table[:5], tmp_path / name / "part-0.parquet", row_group_size=2)
        pq.write_table(table[5:], tmp_path / name / "part-1.parquet")
    parts = load(tmp_path)
    for name in schemas.TABLES:
        pd.testing.assert_frame_equal(getattr(parts, name), getattr(tables, name))
    assert parts.find("24-002-181") == tables.find("24-002-181")


def test_many_row_groups_and_empty_tables(out, tables, tmp_path):
    # Arrow cannot read lists with dictionaries in them over several row groups; large corpora have several.
    for name in schemas.TABLES:
        table = pq.read_table(out / f"{name}.parquet")
        pq.write_table(table if name != "remedies" else table[:0], tmp_path / f"{name}.parquet", row_group_size=4)
    parts = load(tmp_path)
    pd.testing.assert_frame_equal(parts.decisions, tables.decisions)
    assert len(parts.remedies) == 0 and parts.remedies.dtypes.to_dict() == tables.remedies.dtypes.to_dict()


def test_what_cannot_be_loaded(tmp_path):
    with pytest.raises(LoadError, match="has no table decisions; give a folder that"):
        load(tmp_path / "nowhere")
    (tmp_path / "decisions.parquet").write_text("no Parquet")
    with pytest.raises(LoadError, match=r"decisions\.parquet cannot be read: .*; extract again\."):
        load(tmp_path)
