"""`datapackage.json` beside the tables: what they hold, in the form of the Data Package standard (Frictionless).

Columns, types and meanings come from the Parquet files' own schemas, so that the two cannot disagree.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import tables

NAME = "datapackage.json"

_ABOUT = {
    "decisions": ("Decisions", "One row a decision: the record itself."),
    "fault_findings": ("Findings of fault", "One row a sentence in which the Ombudsman finds fault, or finds none."),
    "remedies": ("Remedies", "One row an action for the person who complained, payments with their sums."),
    "procedural_improvements": ("Service improvements", "One row an action meant for others in future."),
    "texts": ("Texts", "One row a decision: the text that every start and end counts characters of."),
    "files": ("Files", "One row a file of the corpus, with what became of it."),
}
_KEYS = {name: ["decision_id", columns[0].name] for name, columns in tables.ITEMS.items()}
_KEYS |= {"decisions": ["decision_id"], "texts": ["decision_id"], "files": ["path"]}


@dataclass(slots=True)
class Written:
    """A table as a run has written it. `paths`: its files, in order, seen from where `datapackage.json` is to stand;
    `digest`: SHA-256 of its file, as hex digits; null where there may be several, for which the standard has none."""

    paths: list[str]
    schema: pa.Schema
    bytes: int
    rows: int
    digest: str | None = None


def write(folder: Path) -> None:
    """Writes `datapackage.json` for the NAME.parquet tables of one run in folder. Raises OSError."""
    (folder / NAME).write_bytes(describe({name: _written(folder / f"{name}.parquet") for name in tables.TABLES}))


def _written(path: Path) -> Written:
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    rows = pq.read_metadata(path).num_rows
    return Written([path.name], pq.read_schema(path), path.stat().st_size, rows, digest)


def describe(written: Mapping[str, Written]) -> bytes:
    """The content of `datapackage.json` for the tables of one run: a Data Package 2.0."""
    run = written["decisions"].schema.metadata or {}
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "ombudsman-decisions",
        "id": run.get(b"run_id", b"").decode(),
        "title": "Decisions of the Local Government and Social Care Ombudsman, as tables",
        "description": "What decisions say of fault, remedies and improvements, every value with its quote. Read from "
        "texts by a program: it makes mistakes, and nothing here is the Ombudsman's own data.",
        "version": run.get(b"pipeline_version", b"").decode(),
        "created": _created(run.get(b"run_id", b"").decode()),
        "keywords": ["ombudsman", "local government", "social care", "complaints", "remedies", "England"],
        "contributors": [{"title": "the ombudsman-decisions authors", "roles": ["creator"]}],
        "sources": [
            {
                "title": "Local Government and Social Care Ombudsman, decisions",
                "path": "https://www.lgo.org.uk/decisions",
            }
        ],
        "resources": [_resource(name, written[name]) for name in tables.TABLES],
    }
    return (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode()


def _created(run_id: str) -> str:
    """The run's start as ISO 8601, from its id: 20260131T235959.123456Z-abcdef."""
    d = run_id
    return f"{d[:4]}-{d[4:6]}-{d[6:8]}T{d[9:11]}:{d[11:13]}:{d[13:15]}Z"


def _resource(name: str, table: Written) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in table.schema],
        "primaryKey": _KEYS[name],
    }
    if name != "decisions":
        schema["foreignKeys"] = [
            {"fields": ["decision_id"], "reference": {"resource": "decisions", "fields": ["decision_id"]}}
        ]
    title, description = _ABOUT[name]
    return {
        "name": name,
        "type": "table",
        "path": table.paths if len(table.paths) > 1 else table.paths[0],  # the standard wants a single one as a string
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "title": title,
        "description": description,
        "bytes": table.bytes,
        **({"hash": f"sha256:{table.digest}"} if table.digest else {}),
        "rows": table.rows,
        "schema": schema,
    }


def _field(field: pa.Field) -> dict[str, Any]:
    about = {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
    constraints: dict[str, Any] = {} if field.nullable else {"required": True}
    if "values" in about:
        constraints["enum"] = about["values"].split(",")
    described: dict[str, Any] = {"name": field.name, "type": _type(field.type), "description": about["description"]}
    if "unit" in about:
        described["unit"] = about["unit"]
    if constraints:
        described["constraints"] = constraints
    if pa.types.is_list(field.type) and pa.types.is_struct(field.type.value_type):
        # The standard says nothing of an array's items: these are columns of their own, in the same form.
        described["items"] = [_field(item) for item in field.type.value_type]
    return described


def _type(kind: pa.DataType) -> str:
    """The standard's name of an Arrow type."""
    for is_kind, name in (
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_integer, "integer"),
        (pa.types.is_decimal, "number"),
        (pa.types.is_date, "date"),
        (pa.types.is_list, "array"),
    ):
        if is_kind(kind):
            return name
    return "string"
