"""The tables: every column's name, type, unit and meaning, once; decisions turned into them; Parquet.

`TABLES` is the source of truth. What workers send and runs keep (`RECORDS`) is derived from it: one row a file's
content, the decisions and texts columns side by side; the item tables are their list columns, unnested.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.records import Decision

_STRING, _BOOL, _DATE, _INT = pa.string(), pa.bool_(), pa.date32(), pa.int32()
_POUNDS = pa.decimal128(12, 2)
_CLOSED = pa.dictionary(pa.int8(), pa.string())


def _column(name, kind, description, *, null=False, unit=None, values=None) -> pa.Field:
    """A column. `values`: the closed vocabulary, which makes it a dictionary-encoded string."""
    about = {"description": description}
    if unit:
        about["unit"] = unit
    if values:
        about["values"] = ",".join(values)
    return pa.field(name, _CLOSED if values else kind, nullable=null, metadata=about)


def _list(name, item, description) -> pa.Field:
    """A list column, never null itself. `item`: a type, or the columns of a struct."""
    kind = pa.struct(item) if isinstance(item, list) else item
    return _column(name, pa.list_(pa.field("element", kind, nullable=False)), description)


_ID = _column(
    "decision_id", _STRING, "The decision: its case reference with hyphens, else sha256- and 16 hex digits of its text."
)
_STATUS = _column(
    "status",
    None,
    "Whether the body agreed to the action, was only recommended to take it, or has taken or offered it before.",
    values=("agreed", "recommended", "already_done", "already_offered"),
)
_BODY = _column("body", _STRING, "Who is to act, as the text calls it; null if unsaid.", null=True)
_DEADLINE = [
    _column(
        "deadline",
        _STRING,
        "ISO 8601 duration from the decision, or an ISO date (of a day printed without its year the next one); null if "
        "none is set.",
        null=True,
    ),
    _column(
        "deadline_date",
        _DATE,
        "The last day: deadline counted from decision_date, working days without weekends and English bank holidays; "
        "null if either is unknown.",
        null=True,
    ),
]
EVIDENCE = [
    _column("quote", _STRING, "The words that show it: text[start:end] in the texts table."),
    _column("start", _INT, "Where the quote starts in the text.", unit="characters"),
    _column("end", _INT, "Where the quote ends in the text.", unit="characters"),
    _column("paragraph", _INT, "The decision's own paragraph number; null where it stands in none.", null=True),
    _column("section", _STRING, "The heading it stands under, as printed; null before the first one.", null=True),
    _column("rule", _STRING, "The id of the pattern that decided; `ombudsman patterns` lists them."),
]
_PARTS = (
    *("heading", "summary", "complaint", "scope", "powers", "consideration", "findings", "action"),
    *("final_decision", "end"),
)

_WARNINGS = _list(
    "warnings",
    _STRING,
    "What a reader should check: kind_not_known (no pattern knows the action), purpose_not_said (of a payment), "
    "status_not_said (whether the body agreed), for_whom_by_list (the person or others, by the items beside it), "
    "outside_action_section (told in the assessment), total_differs (the total printed beside it is another).",
)

ITEMS: dict[str, list[pa.Field]] = {
    "fault_findings": [
        _column("finding_no", _INT, "From 1 within the decision, in text order."),
        _column("fault", _BOOL, "True: the Ombudsman finds fault here; false: finds that there was none."),
        _column(
            "part",
            None,
            "The part of the decision the finding stands in.",
            values=("summary", "findings", "final_decision"),
        ),
        *EVIDENCE,
    ],
    "remedies": [
        _column("remedy_no", _INT, "From 1 within the decision, in text order."),
        _column(
            "kind",
            None,
            "What is done for the person.",
            values=(
                *("apology", "financial_distress", "financial_loss_of_service", "financial_quantifiable_loss"),
                *("reconsideration", "provide_services", "provide_information", "records", "other_personal"),
            ),
        ),
        _column(
            "amount",
            _POUNDS,
            "What is payable in all; null where the text gives no figure or it is not money.",
            null=True,
            unit="pounds",
        ),
        _column(
            "unit_amount",
            _POUNDS,
            "The sum for each unit; null where it is not so much each.",
            null=True,
            unit="pounds",
        ),
        _column("units", _INT, "How many units; null if unsaid.", null=True),
        _column("unit", _STRING, "What one unit is: month, child…; null where the sum is not so much each.", null=True),
        _column("recipient", _STRING, "Who gets it, as printed, a pronoun resolved; null if unsaid.", null=True),
        _BODY,
        _STATUS,
        *_DEADLINE,
        *EVIDENCE,
        _WARNINGS,
    ],
    "procedural_improvements": [
        _column("improvement_no", _INT, "From 1 within the decision, in text order."),
        _column(
            "kind",
            None,
            "What is done for others in future.",
            values=(
                *("procedure_or_policy", "training_or_guidance", "review_of_cases", "monitoring_or_reporting"),
                "other_service_improvement",
            ),
        ),
        _STATUS,
        *_DEADLINE,
        _BODY,
        *EVIDENCE,
        _WARNINGS,
    ],
}

_DECISIONS = [
    _ID,
    _column("case_reference", _STRING, "As 24 003 873, a letter suffix kept; null if not printed.", null=True),
    _column("council", _STRING, "The body in the heading, as printed; null if there is none.", null=True),
    _list(
        "other_bodies",
        [
            _column("name", _STRING, "As printed."),
            _column("case_reference", _STRING, "Its own reference; null if not printed.", null=True),
        ],
        "The further bodies of the heading, after the first.",
    ),
    _column(
        "council_code", _STRING, "GSS code of an English council, past ones included; null for other bodies.", null=True
    ),
    _column(
        "council_type",
        None,
        "What kind of body it is; null where no body is printed.",
        null=True,
        values=(
            *("county", "unitary", "london_borough", "metropolitan_district", "district"),
            *("other_authority", "care_provider", "nhs", "school", "other"),
        ),
    ),
    _column(
        "region",
        None,
        "English region of the council; null for other bodies.",
        null=True,
        values=(
            *("North East", "North West", "Yorkshire and The Humber", "East Midlands", "West Midlands"),
            *("East of England", "London", "South East", "South West"),
        ),
    ),
    _column("category", _STRING, "As printed; null if not printed.", null=True),
    _column("subcategory", _STRING, "As printed; null if not printed.", null=True),
    _column(
        "outcome",
        None,
        "The decision's outcome: the printed label's, else what the text says.",
        values=("upheld", "not_upheld", "closed_after_initial_enquiries", "discontinued", "other"),
    ),
    _column("outcome_label", _STRING, "The label as printed; null if not printed.", null=True),
    _column("outcome_source", None, "Where outcome was read.", values=("heading", "text")),
    _column("decision_date", _DATE, "The date of the decision; null if not printed.", null=True),
    _column("summary", _STRING, "The summary without its label; null if there is none.", null=True),
    _column("fault_found", _BOOL, "Did the Ombudsman find fault; null: not decided.", null=True),
    _column("injustice_found", _BOOL, "Did fault cause injustice; null: not decided.", null=True),
    _column("remedy_total", _POUNDS, "The sum of the amounts that are known; 0 where there are none.", unit="pounds"),
    _column("remedy_total_complete", _BOOL, "False: some payment has no figure in the text, the total is a part."),
    _list("fault_findings", ITEMS["fault_findings"], "The decision's rows of the table fault_findings."),
    _list("remedies", ITEMS["remedies"], "The decision's rows of the table remedies."),
    _list(
        "procedural_improvements",
        ITEMS["procedural_improvements"],
        "The decision's rows of the table procedural_improvements.",
    ),
    _column("source_path", _STRING, "The file it was read from, relative to the corpus folder."),
    _column("text_sha256", _STRING, "SHA-256 of the text in the texts table, as hex digits."),
    _list(
        "warnings", _STRING, "What a reader should check: heading_missing, text_cut_off, reference_shared and the like."
    ),
]

_TEXTS = [
    _ID,
    _column("text", _STRING, "The decision's text: what every start and end refers to."),
    _list(
        "sections",
        [
            _column("heading", _STRING, "As printed; empty before the first one."),
            _column("part", None, "The part of the decision the section belongs to.", values=_PARTS),
            _column("start", _INT, "Where it starts, heading included.", unit="characters"),
            _column("end", _INT, "Where it ends.", unit="characters"),
        ],
        "The text from first to last character, section by section.",
    ),
    _list(
        "paragraphs",
        [
            _column(
                "number",
                _INT,
                "The decision's own paragraph number, an item's that of its paragraph; null where there is none.",
                null=True,
            ),
            _column(
                "section", _STRING, "The heading it stands under, as printed; null before the first one.", null=True
            ),
            _column("start", _INT, "Where it starts, behind its marker.", unit="characters"),
            _column("end", _INT, "Where it ends.", unit="characters"),
            _column("depth", _INT, "0: a paragraph; 1 and more: a list item, that deep."),
        ],
        "Paragraphs and list items in text order.",
    ),
]

_FILES = [
    _column(
        "path", _STRING, "Relative to the corpus folder; bytes that are not UTF-8 stand as \\x and two hex digits."
    ),
    _column("bytes", pa.int64(), "The file's size; null where it could not be had.", null=True, unit="bytes"),
    _column("sha256", _STRING, "SHA-256 of the file, as hex digits; null where it was not read.", null=True),
    _column(
        "status",
        None,
        "What became of it; ignored: not a kind of file that is read, or hidden.",
        values=("extracted", "duplicate", "rejected", "ignored"),
    ),
    _column("reason", _STRING, "Why, in a sentence; null where it is extracted.", null=True),
    _column("decision_id", _STRING, "Its decision, for a duplicate the one it repeats; null for the rest.", null=True),
]

TABLES: dict[str, pa.Schema] = {
    "decisions": pa.schema(_DECISIONS),
    **{name: pa.schema([_ID, *columns]) for name, columns in ITEMS.items()},
    "texts": pa.schema(_TEXTS),
    "files": pa.schema(_FILES),
}
"""The schema of each table, without the metadata of a run."""


def _plain(kind: pa.DataType) -> pa.DataType:
    """The type with plain strings for dictionaries, so that rows of different runs go together without recoding."""
    if pa.types.is_dictionary(kind):
        return pa.string()
    if pa.types.is_list(kind):
        return pa.list_(pa.field("element", _plain(kind.value_type), nullable=False))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(f.name, _plain(f.type)) for f in kind])
    return kind


_OF_PATH = ("source_path",)  # what the corpus decides, not the file's content
RECORDS = pa.schema(
    [
        ("key", pa.string()),
        ("reason", pa.string()),  # why there is no decision; null where there is one
        ("passing", pa.bool_()),  # the reason may not hold in another run: a limit, a death
        ("words_sha256", pa.string()),  # of the paragraphs without white space: equal in all layouts of one decision
        *[(f.name, _plain(f.type)) for f in [*_DECISIONS, *_TEXTS[1:]] if f.name not in _OF_PATH],
    ]
)
"""What is known of one file's content, whatever its path: a decision, or the reason why there is none."""


_BLANKS = b" \t\n\r\v\f"


def record(key: str, decision: Decision) -> dict:
    """A row of RECORDS, its structs as tuples. Raises ValueError where a value is outside its closed vocabulary."""
    text, headings = decision.text, [s.heading or None for s in decision.sections]
    encoded = text.encode()  # once, for its digest and for Arrow
    words = "\n".join([text[b.start : b.end] for b in decision.blocks]).replace("\u00a0", " ").encode()
    row: dict[str, Any] = {name: _items(name, getattr(decision, name)) for name in ITEMS}
    [own] = _checked([_of_decision(decision)], "decisions")
    row |= zip(_OWN, own, strict=True)
    row |= {
        "key": key,
        "words_sha256": hashlib.sha256(words.translate(None, _BLANKS)).hexdigest(),
        "text_sha256": hashlib.sha256(encoded).hexdigest(),
        "other_bodies": decision.other_bodies,
        "text": encoded,
        "sections": [(s.heading, s.part, s.start, s.end) for s in decision.sections],
        "paragraphs": [(b.number, headings[b.section], b.start, b.end, b.depth) for b in decision.blocks],
    }
    return row


_OWN = [f.name for f in _DECISIONS if f.name not in (*ITEMS, *_OF_PATH, "text_sha256", "other_bodies")]
_of_decision = attrgetter(*_OWN)

_EVIDENCE_NAMES = frozenset(f.name for f in EVIDENCE)
_of_item = {
    name: attrgetter(*(f"evidence.{c.name}" if c.name in _EVIDENCE_NAMES else c.name for c in columns))
    for name, (_, *columns) in ITEMS.items()
}
_place = attrgetter("evidence.start", "evidence.end")


def _items(name: str, items: list) -> list[tuple]:
    rows = _checked(list(map(_of_item[name], sorted(items, key=_place))), name)
    return [(n, *row) for n, row in enumerate(rows, 1)]


def _checked(rows: list[tuple], table: str) -> list[tuple]:
    """The rows, sums to the penny. Raises ValueError for a value outside its closed vocabulary or a null."""
    columns = list(zip(*rows, strict=True))
    for at, name, closed, nullable in _checks(table) if rows else ():
        values = columns[at]
        if not nullable and None in values:
            raise ValueError(f"{name} is null")
        if closed is not None and (others := [v for v in values if v is not None and v not in closed]):
            raise ValueError(f"{name} {others[0]!r} is none of its values")
    if table not in _WITH_SUMS:
        return rows
    return [tuple([v.quantize(_PENNY) if isinstance(v, Decimal) else v for v in row]) for row in rows]


_PENNY = Decimal("0.01")
_WITH_SUMS = {
    name for name, columns in {"decisions": _DECISIONS, **ITEMS}.items() if _POUNDS in [c.type for c in columns]
}


@functools.cache
def _checks(table: str) -> list[tuple[int, str, dict[str, int] | None, bool]]:
    """(place, name, vocabulary, may it be null) of each column of which there is something to check."""
    columns = ITEMS[table][1:] if table in ITEMS else [f for f in _DECISIONS if f.name in _OWN]
    return [
        (at, c.name, _vocabulary(c) if c.type == _CLOSED else None, c.nullable)
        for at, c in enumerate(columns)
        if c.type == _CLOSED or not c.nullable
    ]


_VOCABULARIES: dict[bytes, dict[str, int]] = {}


def _vocabulary(column: pa.Field) -> dict[str, int]:
    values = column.metadata[b"values"]
    if values not in _VOCABULARIES:
        _VOCABULARIES[values] = {v: i for i, v in enumerate(values.decode().split(","))}
    return _VOCABULARIES[values]


def to_arrow(rows: list[dict]) -> pa.Table:
    """Rows of RECORDS as Arrow. A row that Arrow cannot hold becomes one with that reason, the rest stay whole."""
    try:
        return pa.Table.from_pylist(rows, schema=RECORDS)
    except (pa.ArrowException, ValueError, OverflowError) as error:
        if len(rows) == 1:
            reason = f"A value in it does not fit the tables: {str(error).splitlines()[0]}."
            return pa.Table.from_pylist([{"key": rows[0]["key"], "reason": reason, "passing": False}], schema=RECORDS)
        return pa.concat_tables([to_arrow([row]) for row in rows])


def to_ipc(table: pa.Table) -> pa.Buffer:
    """The table as one Arrow IPC file in memory."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def _encode(array: pa.Array, column: pa.Field) -> pa.Array:
    """The array in the column's own type: dictionaries with the whole vocabulary, in nested columns too."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        values = pa.array(_vocabulary(column), pa.string())
        return pa.DictionaryArray.from_arrays(pc.index_in(array, value_set=values).cast(pa.int8()), values)
    if pa.types.is_list(kind):
        return pa.ListArray.from_arrays(array.offsets, _encode(array.flatten(), kind.value_field), type=kind)
    if pa.types.is_struct(kind):
        children = [_encode(child, f) for child, f in zip(array.flatten(), kind, strict=True)]
        return pa.StructArray.from_arrays(children, fields=list(kind))
    return array


class Writer:
    """Writes a set of tables, a row group at a time, into a folder: `NAME.parquet`, zstd.

    metadata: run_id, pipeline_version and patterns_hash, for each schema. Use as a context manager. Raises OSError.
    """

    def __init__(self, folder: Path, metadata: dict[str, str]):
        self.rows = dict.fromkeys(TABLES, 0)
        self._schemas = {name: schema.with_metadata(metadata) for name, schema in TABLES.items()}
        self._writers = {
            name: pq.ParquetWriter(
                folder / f"{name}.parquet",
                schema,
                compression="zstd",
                sorting_columns=pq.SortingColumn.from_ordering(
                    schema, [(c, "ascending") for c in schema.names[: 2 if name in ITEMS else 1]]
                ),
            )
            for name, schema in self._schemas.items()
        }

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_) -> None:
        for writer in self._writers.values():
            writer.close()

    def add(self, records: pa.Table) -> None:
        """Writes decisions: rows of RECORDS with `source_path`, all of them decisions, sorted by decision_id."""
        records = records.combine_chunks()
        columns = {f.name: _encode(_chunk(records[f.name]), f) for name in ("decisions", "texts") for f in TABLES[name]}
        for name in ("decisions", "texts"):
            self._write(name, [columns[c] for c in TABLES[name].names])
        for name in ITEMS:
            items = columns[name].flatten()
            of = columns["decision_id"].take(columns[name].value_parent_indices())
            self._write(name, [of, *items.flatten()])

    def add_files(self, rows: Iterable[dict]) -> None:
        """Writes rows of the table files, sorted by path."""
        table = pa.Table.from_pylist(list(rows), schema=pa.schema([(f.name, _plain(f.type)) for f in _FILES]))
        self._write("files", [_encode(_chunk(table[f.name]), f) for f in _FILES])

    def _write(self, name: str, arrays: list[pa.Array]) -> None:
        table = pa.Table.from_arrays(arrays, schema=self._schemas[name])
        if table.num_rows:
            self._writers[name].write_table(table)
            self.rows[name] += table.num_rows


def _chunk(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks else pa.array([], column.type)


def to_markdown() -> str:
    """The tables and their columns as Markdown: what docs/tables.md holds, from the same schemas that are written."""
    parts = []
    for name, schema in TABLES.items():
        rows = [f"| {f.name} | {_type_of(f)} | {_about(f)} |" for f in schema]
        parts.append("\n".join([f"## {name}", "", "| column | type | meaning |", "|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _type_of(column: pa.Field) -> str:
    kind = column.type
    if pa.types.is_list(kind):
        item = kind.value_type
        printed = f"list<struct<{', '.join(f.name for f in item)}>>" if pa.types.is_struct(item) else f"list<{item}>"
    else:
        printed = {"date32[day]": "date32", "decimal128(12, 2)": "decimal128(12,2)"}.get(str(kind), str(kind))
        printed = "string" if pa.types.is_dictionary(kind) else printed
    return printed + "?" * column.nullable


def _about(column: pa.Field) -> str:
    about = {k.decode(): v.decode() for k, v in column.metadata.items()}
    unit = f" In {about['unit']}." if "unit" in about else ""
    values = f" One of: {', '.join(f'`{v}`' for v in about['values'].split(','))}." if "values" in about else ""
    return about["description"].replace("|", "\\|") + unit + values


if __name__ == "__main__":
    print(to_markdown(), end="")
