"""The tables in a browser: a SQLite database made from them, served by Datasette on this machine only, read-only.

A Datasette plugin in itself: the page of a row of `decisions` shows the text with its marks. Needs the extra `explore`.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import signal
import socket
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import sqlite_utils
import uvicorn
from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm
from markupsafe import Markup

from pipeline import tables as schemas
from pipeline import view
from pipeline.api import Tables
from pipeline.compare import one_spelling

HOST = "127.0.0.1"
NAME = "ombudsman"
"""The database's name in addresses: http://127.0.0.1:8001/ombudsman/decisions."""

_PAGES = Path(__file__).parent / "pages"
_OF_DECISION = ("council", "category", "outcome", "year")  # repeated in each item, so that it can be counted by them
_FIRST = ("kind", "fault", "amount", "quote")  # what a reader looks for first: seen without scrolling
_KINDS = {kind.table: kind for kind in view.KINDS}
_ABOUT = {
    "decisions": "One row a decision; its page shows the text with every finding, remedy and improvement marked. "
    "Search looks through the whole texts.",
    "fault_findings": "One row a finding of fault, or of no fault.",
    "remedies": "One row a remedy, payments and others; a quote leads to its place in the text.",
    "procedural_improvements": "One row an improvement for others in future; a quote leads to its place in the text.",
    "texts": "One row a decision: its text, which every start and end counts in.",
    "files": "One row a file of the corpus, and what became of it.",
}
_FACETS: dict[str, list[str | dict[str, str]]] = {
    "decisions": ["council", "category", "outcome", "year", "remedy_total_complete", {"array": "warnings"}],
    "fault_findings": ["fault", *_OF_DECISION],
    "remedies": ["kind", "status", *_OF_DECISION, {"array": "warnings"}],
    "procedural_improvements": ["kind", "status", *_OF_DECISION, {"array": "warnings"}],
    "files": ["status"],
}
_SUMS = ("amount", "unit_amount", "remedy_total")
_PART = ' <abbr title="Only a part: some payment has no figure in the text">+</abbr>'
_SEARCH = """\
select decision_id, council, category, outcome, decision_date, remedy_total,
  snippet(texts_fts, 0, '⟦', '⟧', '…', 40) as words
from texts_fts join texts on texts.rowid = texts_fts.rowid join decisions using (decision_id)
where texts_fts match coalesce(nullif(escape_fts(:words), ''), '""') order by rank limit 200"""


class ExploreError(Exception):
    """Nothing could be served; the message is one sentence: what is wrong, what to do."""


# --- the database ----------------------------------------------------------------------------------------------


def build(tables: Tables, path: Path) -> None:
    """Writes the tables as a SQLite database with a full-text index over the texts; path must not be there yet.

    Names and columns are those of the tables, but for the lists of items in decisions, which are tables of their own;
    beside, decisions have `year`, and each item the council, category, outcome and year of its decision. Categories
    have one spelling, that printed most, so that they count together. Sums are REAL, dates ISO text, truth values 0
    and 1, lists JSON. Raises OSError, sqlite3.Error.
    """
    database = sqlite_utils.Database(path)
    database.execute("pragma journal_mode = off")  # a database that is not whole is thrown away
    of_decision = _grouped(tables)
    for name, schema in schemas.TABLES.items():
        fields = [f for f in schema if f.name not in schemas.ITEMS]
        columns = {f.name: _sqlite_type(f.type) for f in fields}
        if name == "decisions":
            columns["year"] = int
        elif name in schemas.ITEMS:
            first = (*list(columns)[:2], *_OF_DECISION, *(c for c in _FIRST if c in columns))
            columns = {c: columns.get(c, str) for c in (*first, *columns)} | {"year": int}
        pk: Any = {"files": "path"}.get(name, "decision_id")
        if name in schemas.ITEMS:
            pk = ("decision_id", _KINDS[name].number)
        keys = [] if name == "decisions" else [("decision_id", "decisions", "decision_id")]
        table = database.table(name).create(columns, pk=pk, foreign_keys=keys)
        table.insert_all(_rows(tables, name, [f.name for f in fields], of_decision), batch_size=1_000)
    # decisions and texts have the same rows in the same order, so the index over the one serves the other.
    database.table("texts").enable_fts(["text"], tokenize="porter unicode61")
    for name in ("fault_findings", "remedies", "procedural_improvements"):
        for column in ("kind", "council"):
            if column in database.table(name).columns_dict:
                database.table(name).create_index([column])
    for column in ("council", "category", "outcome", "year"):
        database.table("decisions").create_index([column])
    database.execute("analyze")
    database.conn.commit()
    database.close()


def _grouped(tables: Tables) -> dict[str, dict[str, Any]]:
    """What decisions are counted by, by decision_id."""
    decisions = tables.read("decisions", ["decision_id", "council", "category", "outcome", "decision_date"])
    decisions["category"] = one_spelling(decisions["category"])
    decisions["year"] = decisions["decision_date"].dt.year.astype("Int64")
    columns = {c: [None if pd.isna(v) else v for v in decisions[c].tolist()] for c in _OF_DECISION}
    return {of: {c: columns[c][i] for c in _OF_DECISION} for i, of in enumerate(decisions["decision_id"])}


def _rows(
    tables: Tables, name: str, columns: list[str], of_decision: dict[str, dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    batches = (b for group in tables.groups(name, columns) for b in group.to_batches(max_chunksize=250))
    for batch in batches:  # Python's objects take many times Arrow's memory: not a whole row group at once
        for row in batch.to_pylist():
            if name == "decisions" or name in schemas.ITEMS:
                row |= of_decision[row["decision_id"]]
            yield row


def _sqlite_type(kind: pa.DataType) -> type:
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return int
    return float if pa.types.is_decimal(kind) else str


# --- the server ------------------------------------------------------------------------------------------------


def serve(tables: Tables, port: int, ready: Callable[[str], None]) -> None:
    """Serves the tables on this machine until it is interrupted. The folder of the tables is not written to.

    The database is made in a temporary folder, which is removed at the end. port: 0 for any that is free.
    ready: called with the address once it answers. Raises ExploreError, KeyboardInterrupt.
    """
    with socket.socket() as at, tempfile.TemporaryDirectory(prefix="ombudsman-explore-") as folder:
        at.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            at.bind((HOST, port))
        except OSError:
            raise ExploreError(
                f"Port {port} is in use; choose another with --port, or any that is free with --port 0."
            ) from None
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # so that the temporary folder goes too
        path = Path(folder) / f"{NAME}.db"
        try:
            build(tables, path)
        except OSError as error:
            raise ExploreError(
                f"The database cannot be written into {folder}: {error.strerror}; make room, or set TMPDIR."
            ) from None
        asyncio.run(_serve(application(tables, path), at, ready))


async def _serve(datasette: Datasette, at: socket.socket, ready: Callable[[str], None]) -> None:
    await datasette.invoke_startup()
    server = uvicorn.Server(uvicorn.Config(datasette.app(), log_level="warning", access_log=False, lifespan="on"))
    address = f"http://{HOST}:{at.getsockname()[1]}/"

    async def tell() -> None:
        while not server.started:
            await asyncio.sleep(0.02)
        ready(address)

    telling = asyncio.create_task(tell())
    try:
        await server.serve(sockets=[at])
    finally:
        telling.cancel()


def application(tables: Tables, path: Path) -> Datasette:
    """Datasette over the database at path, with this project's pages; tables tell of the run."""
    module = sys.modules[__name__]
    if not pm.is_registered(module):
        pm.register(module, name="ombudsman-decisions")
    return Datasette(
        immutables=[str(path)],
        metadata=_metadata(tables),
        template_dir=str(_PAGES / "explore"),
        static_mounts=[("pages", str(_PAGES))],
        settings={
            "default_cache_ttl": 0,  # the next run may be served at the same address
            "default_page_size": 50,
            "truncate_cells_html": 300,
            "suggest_facets": False,
            "facet_time_limit_ms": 3_000,
            "sql_time_limit_ms": 10_000,
            "max_csv_mb": 0,
        },
    )


def _metadata(tables: Tables) -> dict[str, Any]:
    of_tables: dict[str, dict[str, Any]] = {
        name: {
            "description": about,
            "facets": _FACETS.get(name, []),
            "columns": {
                f.name: (f.metadata or {}).get(b"description", b"").decode()
                for f in schemas.TABLES[name]
                if f.name not in schemas.ITEMS
            },
        }
        for name, about in _ABOUT.items()
    }
    of_tables["decisions"] |= {"fts_table": "texts_fts", "fts_pk": "rowid"}
    return {
        "title": "Decisions of the Local Government and Social Care Ombudsman",
        "databases": {
            NAME: {
                "description": f"Tables of run {tables.run.get('run_id', '?')}, "
                f"program {tables.run.get('pipeline_version', '?')}.",
                "tables": of_tables,
                "queries": {"search": {"title": "Search the texts", "sql": _SEARCH, "hide_sql": True}},
            }
        },
    }


# --- the plugin ------------------------------------------------------------------------------------------------


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, datasette: Datasette) -> Markup | None:
    """A quote leads to its place in the text, decision_id to the decision; sums are pounds, + where one is a part."""
    if column in _SUMS and isinstance(value, float):
        part = column == "remedy_total" and table == "decisions" and not row["remedy_total_complete"]
        return Markup("{}{}").format(view.pounds(value), Markup(_PART) if part else "")
    if table in _KINDS and column == "quote":
        kind, of = _KINDS[table], row["decision_id"]
        decision_id = of["value"] if isinstance(of, dict) else of  # a foreign key comes with its label
        href = f"{datasette.urls.row(NAME, 'decisions', decision_id)}#{kind.letter}{row[kind.number]}-text"
        shown = value if len(value) <= 300 else value[:299] + "…"
        return Markup('<a href="{}">{}</a>').format(href, shown)
    if table is None and column == "decision_id" and isinstance(value, str):
        return Markup('<a href="{}">{}</a>').format(datasette.urls.row(NAME, "decisions", value), value)
    return None


@hookimpl
def extra_template_vars(view_name: str, table: str | None, request: Any, datasette: Datasette) -> Any:
    """What the templates in pipeline/pages/explore need beside Datasette's own."""
    if view_name == "index":
        return _counts(datasette.get_database(NAME))
    if view_name == "row" and table == "decisions":
        return _decision(datasette.get_database(NAME), request.url_vars["pks"])
    return {}


def _counts(database: Database) -> Callable[[], Awaitable[dict[str, Any]]]:
    async def of() -> dict[str, Any]:
        counts = await database.table_counts()
        return {"tables": [(name, about, counts[name]) for name, about in _ABOUT.items()]}

    return of


def _decision(database: Database, decision_id: str) -> Callable[[], Awaitable[dict[str, Any]]]:
    async def of() -> dict[str, Any]:
        record = await _record(database, decision_id)
        items = [(kind, view.items(record, kind)) for kind in view.KINDS]
        return {"record": record, "facts": view.facts(record), "kinds": items, "lines": list(view.lines(record))}

    return of


async def _record(database: Database, decision_id: str) -> dict[str, Any]:
    """A decision as `Tables.find` gives it, as far as `pipeline.view` needs it. The decision must be there."""

    async def rows(table: str) -> list[dict[str, Any]]:
        order = f"order by {_KINDS[table].number}" if table in _KINDS else ""
        found = await database.execute(f"select * from {table} where decision_id = ? {order}", [decision_id])
        return [dict(row) for row in found.rows]

    record = (await rows("decisions"))[0] | (await rows("texts"))[0]
    for name in ("warnings", "other_bodies", "sections", "paragraphs"):
        record[name] = json.loads(record[name])
    for name in ("fault_found", "injustice_found"):
        record[name] = None if record[name] is None else bool(record[name])
    for table in _KINDS:
        record[table] = await rows(table)
    for item in (*record["remedies"], *record["procedural_improvements"]):
        item["warnings"] = json.loads(item["warnings"])
    for of in (record, *record["remedies"], *record["procedural_improvements"]):
        for name in ("decision_date", "deadline_date"):
            if of.get(name):
                of[name] = dt.date.fromisoformat(of[name])
    return record
