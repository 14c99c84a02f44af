"""What an analyst imports: one decision's record from its text, and the tables of a run as DataFrames."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline import tables as schemas
from pipeline.records import Decision


class LoadError(Exception):
    """Tables that cannot be read; the message is one sentence: what is wrong, which file, what to do."""


def extract(text: str) -> Decision:
    """One decision's record, every value with its place in the text.

    text: a decision as copied from the website, or as `pipeline.reading.read` gives it for a page or a PDF.
    Offsets count characters of the record's own `text`; findings, remedies and improvements come in text order, as
    they are numbered in the tables. Sums are Decimal, in pounds; null where the text gives no figure.

    Raises pipeline.structure.NotADecision, a ValueError, with the reason, where the text is no single decision.

    >>> from pathlib import Path
    >>> decision = extract(Path("data/raw/website/22-014-117.txt").read_text(encoding="utf-8"))
    >>> decision.council, decision.outcome, decision.remedy_total
    ('Sheffield City Council', 'upheld', Decimal('3561.00'))
    >>> payment = next(r for r in decision.remedies if r.amount)
    >>> payment.kind, payment.amount, payment.recipient, payment.deadline
    ('financial_loss_of_service', Decimal('2400.00'), 'Ms T', 'P1M')
    >>> place = payment.evidence
    >>> place.paragraph, decision.text[place.start : place.end] == place.quote
    (29, True)
    """
    from pipeline.stages import read_decision  # spaCy: not for those who only load

    decision = read_decision(text)
    for items in (decision.fault_findings, decision.remedies, decision.procedural_improvements):
        items.sort(key=lambda item: (item.evidence.start, item.evidence.end))
    return decision


def load(folder: str | os.PathLike[str]) -> Tables:
    """The tables in an output folder, all of one run, as pandas DataFrames that are read when first asked for.

    folder: where `ombudsman extract --out` has written; NAME.parquet, or a folder NAME of part files, for each table.
    A run that writes into the folder later does not change what is loaded.

    Raises LoadError where a table is missing or damaged, or where they are not of one run.

    >>> tables = load("data/processed")
    >>> tables.decisions["outcome"].value_counts().loc[["upheld", "not_upheld"]].to_dict()
    {'upheld': 14, 'not_upheld': 2}
    >>> sheffield = tables.decisions.query("council == 'Sheffield City Council'")
    >>> sheffield["remedy_total"].sum()
    Decimal('6843.00')
    """
    return Tables(Path(folder))


class Tables:
    """The tables of one run. Each attribute is a DataFrame with the columns that docs/tables.md describes.

    Types: closed vocabularies are `category` with all their values; dates datetime64; truth values and whole numbers
    nullable (`boolean`, `Int32`); text `str`. Sums of money are Arrow decimals, because they add up to the penny and
    count what is null as null; for quantiles by group, `describe` and the like take `.astype(float)`. Lists are Arrow
    lists: `.list.len()`, `.list.flatten()` and `.struct.field("amount")` work on them, and a cell is a Python list.

    >>> tables = load("data/processed")
    >>> tables.decisions["remedy_total"].sum() == tables.remedies["amount"].sum()
    True
    >>> int(tables.decisions["remedies"].list.len().sum()) == len(tables.remedies)
    True
    >>> tables.remedies["kind"].cat.categories[0]
    'apology'
    """

    def __init__(self, folder: Path):
        self.folder = folder
        # One look at the link: a run that ends while we open the files must not give us tables of two runs.
        current = folder / ".ombudsman" / "current"
        source = current.resolve() if current.exists() else folder
        # Open files stay readable when a later run removes them.
        self._files = {name: _open(source, folder, name) for name in schemas.TABLES}
        runs = {self._metadata(name).get("run_id") for name in self._files}
        if len(runs) > 1:
            raise LoadError(f"The tables in {folder} are of {len(runs)} runs; extract again into an empty folder.")

    @cached_property
    def run(self) -> dict[str, str]:
        """`run_id`, `pipeline_version` and `patterns_hash` of the run that wrote the tables."""
        return self._metadata("decisions")

    @cached_property
    def decisions(self) -> pd.DataFrame:
        """One row a decision."""
        return self.read("decisions")

    @cached_property
    def fault_findings(self) -> pd.DataFrame:
        """One row a finding."""
        return self.read("fault_findings")

    @cached_property
    def remedies(self) -> pd.DataFrame:
        """One row a remedy."""
        return self.read("remedies")

    @cached_property
    def procedural_improvements(self) -> pd.DataFrame:
        """One row an improvement."""
        return self.read("procedural_improvements")

    @cached_property
    def texts(self) -> pd.DataFrame:
        """One row a decision: its text, sections and paragraphs. Large: about 15 kB a decision."""
        return self.read("texts")

    @cached_property
    def files(self) -> pd.DataFrame:
        """One row a file of the corpus."""
        return self.read("files")

    def read(self, name: str, columns: list[str] | None = None) -> pd.DataFrame:
        """A table afresh, or some of its columns: large corpora are quicker read without texts and lists.

        Raises KeyError for a table that is none.

        >>> load("data/processed").read("decisions", ["decision_id", "council"]).columns.to_list()
        ['decision_id', 'council']
        """
        empty = self._files[name][0].schema_arrow.empty_table()
        table = pa.concat_tables([empty.select(columns) if columns else empty, *self.groups(name, columns)])
        frame: pd.DataFrame = table.to_pandas(types_mapper=_pandas_type, date_as_object=False)
        for field in table.schema:
            if pa.types.is_dictionary(field.type):  # an empty table has lost its values
                values = pd.Index(field.metadata[b"values"].decode().split(","), dtype="str")
                frame[field.name] = frame[field.name].astype(pd.CategoricalDtype(values))
        return frame

    def groups(self, name: str, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """A table as Arrow tables of a few thousand rows, for what shall not hold all texts in memory at once.

        Raises KeyError for a table that is none.

        >>> sum(group.num_rows for group in load("data/processed").groups("texts"))
        18
        """
        # Row group by row group: Arrow cannot read lists with dictionaries in them as a whole (its issue 32723).
        for file in self._files[name]:
            for i in range(file.num_row_groups):
                yield file.read_row_group(i, columns)

    def joined(self, name: str) -> pd.DataFrame:
        """A table's rows, each with the columns of its decision, the three lists left out.

        name: fault_findings, remedies, procedural_improvements, texts or files. A column that both have is the
        table's own, the decision's gets `_decision` at its end. Rows of files without a decision have nulls.
        Raises KeyError for another name.

        >>> payments = load("data/processed").joined("remedies").dropna(subset="amount")
        >>> payments.groupby("region")["amount"].sum()["Yorkshire and The Humber"]
        Decimal('6843.00')
        """
        if name not in schemas.TABLES or name == "decisions":
            raise KeyError(f"{name!r} is none of {', '.join(n for n in schemas.TABLES if n != 'decisions')}")
        decisions = self.decisions.drop(columns=list(schemas.ITEMS))
        rows: pd.DataFrame = getattr(self, name)
        return rows.merge(decisions, on="decision_id", how="left", validate="many_to_one", suffixes=("", "_decision"))

    def find(self, decision_id: str) -> dict[str, Any]:
        """One decision as plain Python values: the columns of decisions, lists of dicts included, and those of texts.

        decision_id: as in the tables; a case reference with spaces and the unique beginning of an id do as well.
        Raises LookupError, with what to do, where there is none or more than one.

        >>> decision = load("data/processed").find("22 014 117")
        >>> finding = decision["fault_findings"][0]
        >>> decision["text"][finding["start"] : finding["end"]] == finding["quote"]
        True
        """
        wanted = "-".join(decision_id.split()).lower()
        ids = [i for file in self._files["decisions"] for i in file.read(["decision_id"])["decision_id"].to_pylist()]
        found = [i for i in ids if i == wanted] or [i for i in ids if wanted and i.startswith(wanted)]
        if not found:
            raise LookupError(f"There is no decision {decision_id} in {self.folder}; decisions.parquet lists them.")
        if len(found) > 1:
            some = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
            raise LookupError(f"{decision_id} begins {len(found)} ids in {self.folder} ({some}); give one of them.")
        return self._row("decisions", found[0]) | self._row("texts", found[0])

    def _metadata(self, name: str) -> dict[str, str]:
        about = self._files[name][0].schema_arrow.metadata or {}
        return {k.decode(): v.decode() for k, v in about.items() if k != b"ARROW:schema"}

    def _row(self, name: str, decision_id: str) -> dict[str, Any]:
        for file in self._files[name]:
            for group in range(file.num_row_groups):
                at = pc.index(file.read_row_group(group, columns=["decision_id"])["decision_id"], decision_id).as_py()
                if at >= 0:
                    row: dict[str, Any] = file.read_row_group(group).slice(at, 1).to_pylist()[0]
                    return row
        raise LookupError(f"{self.folder} has no {decision_id} in {name}; extract again.")


def _open(source: Path, folder: Path, name: str) -> list[pq.ParquetFile]:
    path = source / f"{name}.parquet"
    parts = sorted((source / name).glob("*.parquet")) if not path.exists() else [path]
    if not parts:
        raise LoadError(f"{folder} has no table {name}; give a folder that `ombudsman extract` has written.")
    try:
        return [pq.ParquetFile(part) for part in parts]
    except (pa.ArrowException, OSError) as error:
        raise LoadError(f"{folder}/{name}.parquet cannot be read: {error}; extract again.") from None


_NULLABLE = {pa.bool_(): pd.BooleanDtype(), pa.int32(): pd.Int32Dtype(), pa.int64(): pd.Int64Dtype()}


def _pandas_type(kind: pa.DataType) -> Any:
    """The pandas type of a column; null for pandas' own choice (str, category, datetime64)."""
    if pa.types.is_decimal(kind) or pa.types.is_list(kind):
        return pd.ArrowDtype(kind)
    return _NULLABLE.get(kind)
