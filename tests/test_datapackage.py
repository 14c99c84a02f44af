"""datapackage.json beside the tables, as its users' library reads it; CITATION.cff."""

import hashlib
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from frictionless import Package

from pipeline import load, tables

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def package(out):
    return json.loads((out / "datapackage.json").read_text(encoding="utf-8"))


def test_the_standards_library_reads_it(out, monkeypatch):
    monkeypatch.chdir(out)
    package = Package("datapackage.json")
    assert package.resource_names == list(tables.TABLES)
    for name, schema in tables.TABLES.items():
        assert package.get_resource(name).schema.field_names == schema.names


def test_it_says_what_the_files_are(out, package):
    for resource in package["resources"]:
        path = out / resource["path"]
        data = path.read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["rows"] == pq.read_metadata(path).num_rows
    assert package["id"] == load(out).run["run_id"]
    assert package["id"].startswith(package["created"].translate({ord(c): None for c in "-:Z"}))
    assert package["sources"][0]["title"].startswith("Local Government and Social Care Ombudsman")


def test_columns_are_those_of_the_schemas(package):
    def compare(fields, columns):
        assert [f["name"] for f in fields] == [c.name for c in columns]
        for field, column in zip(fields, columns, strict=True):
            about = column.metadata
            assert field["description"] == about[b"description"].decode()
            assert field.get("unit") == (about[b"unit"].decode() if b"unit" in about else None)
            constraints = field.get("constraints", {})
            assert constraints.get("required", False) is not column.nullable
            assert constraints.get("enum", []) == (about[b"values"].decode().split(",") if b"values" in about else [])
            if pa.types.is_list(column.type) and pa.types.is_struct(column.type.value_type):
                compare(field["items"], list(column.type.value_type))

    for resource in package["resources"]:
        compare(resource["schema"]["fields"], list(tables.TABLES[resource["name"]]))
    kinds = {f["name"]: f["type"] for r in package["resources"] for f in r["schema"]["fields"]}
    expected = {"council": "string", "remedy_total": "number", "decision_date": "date", "start": "integer"}
    assert kinds.items() >= (expected | {"fault": "boolean", "remedies": "array"}).items()


def test_keys_hold(out, package):
    loaded = load(out)
    ids = set(loaded.decisions["decision_id"])
    for resource in package["resources"]:
        rows, schema = getattr(loaded, resource["name"]), resource["schema"]
        assert not rows.duplicated(schema["primaryKey"]).any() and rows[schema["primaryKey"]].notna().all(axis=None)
        for key in schema.get("foreignKeys", []):
            assert key["reference"] == {"resource": "decisions", "fields": ["decision_id"]}
            assert set(rows[key["fields"][0]].dropna()) <= ids


def test_it_changes_with_the_tables(out):
    assert (out / "datapackage.json").resolve().parent == (out / "decisions.parquet").resolve().parent


def test_citation():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(citation)
    assert citation["references"][0]["authors"] == [{"name": "Local Government and Social Care Ombudsman"}]
