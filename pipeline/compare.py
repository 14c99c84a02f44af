"""Groups of decisions compared: figures with their uncertainty, and what was left out of them.

Pure functions from `pipeline.api.Tables` to a `Comparison`; the plots are in `pipeline.plot`.

A group's figures come from few decisions as a rule, so each has its 95 per cent interval, groups of fewer than `SMALL`
decisions are marked, and shares are set against the limits of a funnel plot instead of being ranked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from scipy import stats

from pipeline import register
from pipeline import tables as schemas
from pipeline.api import Tables

SMALL = 10
"""Decisions; a group with fewer is marked: one decision more or less changes its figures much."""

GROUPINGS = ("council", "council_type", "region", "category", "subcategory", "outcome", "year")


class WrongQuestion(ValueError):
    """A grouping, measure or condition that is none; the message is one sentence: what is wrong, what to do."""


class NothingLeft(ValueError):
    """No decision is left to compare; the message is one sentence and says what was left out."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is compared. `of` gives each decision's value, null where it has none; `left_out` says why, for those.

    `kind` is "share" where the values are true and false, else "pounds" or "count".
    """

    name: str
    title: str
    kind: Literal["share", "pounds", "count"]
    about: str
    of: Callable[[pd.DataFrame], pd.Series]
    left_out: Callable[[pd.DataFrame], pd.Series] = field(default=lambda d: pd.Series("", index=d.index))


def _upheld(decisions: pd.DataFrame) -> pd.Series:
    return decisions["outcome"].map({"upheld": 1.0, "not_upheld": 0.0}).astype(float)


_NO_FINDING = {
    "closed_after_initial_enquiries": "closed after initial enquiries",
    "discontinued": "discontinued",
    "other": "with another outcome",
}

MEASURES = {
    m.name: m
    for m in (
        Measure(
            "remedy_total",
            "Remedy a decision",
            "pounds",
            "the sums known in a decision, added; 0 where it has none",
            lambda d: d["remedy_total"].astype(float).where(d["remedy_total_complete"]),
            lambda d: pd.Series(
                "with a total that is not complete (a payment has no figure in the text)", index=d.index
            ),
        ),
        Measure(
            "payments",
            "Payments a decision",
            "count",
            "payments, those without a figure too",
            lambda d: d["payments"],
        ),
        Measure("remedies", "Remedies a decision", "count", "remedies of every kind", lambda d: d["n_remedies"]),
        Measure(
            "improvements",
            "Improvements a decision",
            "count",
            "what the body is to do for others in future",
            lambda d: d["n_improvements"],
        ),
        Measure(
            "uphold_rate",
            "Upheld",
            "share",
            "upheld, of those upheld and not upheld",
            _upheld,
            lambda d: d["outcome"].astype(object).map(_NO_FINDING),
        ),
        Measure(
            "fault_rate",
            "Fault found",
            "share",
            "fault found, of those where that was decided",
            lambda d: d["fault_found"].astype("Float64").astype(float),
            lambda d: pd.Series("in which fault was not decided", index=d.index),
        ),
        Measure(
            "payment_rate",
            "With a payment",
            "share",
            "decisions with a payment, one without a figure too",
            lambda d: (d["payments"] > 0).astype(float),
        ),
        Measure(
            "improvement_rate",
            "With an improvement",
            "share",
            "decisions in which something is to be done for others in future",
            lambda d: (d["n_improvements"] > 0).astype(float),
        ),
    )
}


@dataclass(slots=True)
class Comparison:
    """Groups side by side.

    `groups`: a row a group, the columns of `COLUMNS`; most decisions first, years in their order.
    `overall`: the same figures of all counted decisions together.
    `left_out`: why and how many decisions were not counted. `not_shown`: groups with too few to count.
    `where`: the filter, null for none.
    `first`, `last`: the dates of the counted decisions, null where none has one.
    """

    by: str
    measure: Measure
    where: str | None
    groups: pd.DataFrame
    overall: pd.Series
    left_out: dict[str, int]
    not_shown: int
    first: pd.Timestamp | None
    last: pd.Timestamp | None
    run: dict[str, str]

    def to_csv(self, path: Path) -> None:
        """Writes `groups` as CSV, UTF-8. Raises OSError."""
        self.groups.to_csv(path, index=False)

    def to_parquet(self, path: Path) -> None:
        """Writes `groups` as Parquet, each column's meaning and the notes in the metadata. Raises OSError."""
        table = pa.Table.from_pandas(self.groups, preserve_index=False)
        fields = [f.with_metadata({"description": COLUMNS[f.name]}) for f in table.schema]
        about = self.run | {"by": self.by, "measure": self.measure.name, "where": self.where or ""}
        about["notes"] = " ".join(self.notes())
        pq.write_table(table.cast(pa.schema(fields, metadata=about)), path, compression="zstd")

    def notes(self) -> list[str]:
        """What a reader must know beside the figures, a sentence each: what they are, what was left out, limits."""
        measure = self.measure
        period = f", decided from {self.first:%-d %B %Y} to {self.last:%-d %B %Y}" if self.first and self.last else ""
        sentences = [f"{measure.title}: {measure.about}; {_count(self.overall['n'], 'decision')} counted{period}."]
        if self.left_out:
            reasons = "; ".join(f"{count:,} {reason}" for reason, count in self.left_out.items())
            sentences.append(f"Left out: {reasons}.")
        if self.not_shown:
            sentences.append(f"Not shown: {_count(self.not_shown, 'group')} with too few decisions to count, or none.")
        if measure.kind == "pounds" and self.groups["left_out"].any():
            sentences.append("Totals are of the counted decisions, and so less than was agreed.")
        if self.groups["small"].any():
            sentences.append(f"* under {SMALL} decisions: too few to judge by.")
        if measure.kind == "share":
            sentences.append(
                "Intervals are exact (Clopper-Pearson). Limits are where chance alone leaves 95 and 99.8 of 100 groups "
                "of that size around the overall share; cases differ between groups, and that is not allowed for."
            )
        else:
            sentences.append("The interval is the median's, by order statistics; it takes 6 decisions at least.")
        if self.groups["per_100k"].notna().any():
            sentences.append(
                "For each 100,000 people of mid-2020 and the whole period: comparable where the corpus is whole."
            )
        sentences.append(
            f"Tables of run {self.run.get('run_id', '?')}, program {self.run.get('pipeline_version', '?')}."
        )
        return sentences


COLUMNS = {
    "group": "the council, region, year… compared",
    "n": "decisions counted",
    "left_out": "decisions of the group that have no value of the measure",
    "rate": "share of the counted decisions, 0 to 1; null for sums and counts",
    "median": "of the values; null for shares",
    "low": "lower end of the 95 per cent interval of rate or median; null where the decisions are too few for one",
    "high": "its upper end",
    "q1": "lower quartile; null for shares",
    "q3": "upper quartile; null for shares",
    "mean": "of the values; null for shares",
    "total": "the values added: pounds, things or, for shares, decisions",
    "share_with_payment": "decisions with a payment, of n and left_out together: a payment without a figure is one",
    "population": "people in mid-2020; null where the register does not know",
    "per_100k": "total for each 100,000 people, over the whole period of the comparison; null without population",
    "small": f"true where n is under {SMALL}",
    "funnel": "for shares: inside the funnel limits around the overall share, or above or below the 95 or 99.8 "
    "per cent one; null for sums and counts",
}
"""The columns of `Comparison.groups` and their meaning."""


def compare(tables: Tables, by: str, measure: str, where: str | None = None, min_decisions: int = 1) -> Comparison:
    """Compares groups of decisions.

    by: one of GROUPINGS. measure: one of MEASURES. where: a condition on the columns of decisions, and year, as
    `DataFrame.query` takes it. min_decisions: groups with fewer counted decisions are left out.

    Raises WrongQuestion for a name or condition that is none, NothingLeft where no decision is left.

    >>> from pipeline import load
    >>> found = compare(load("data/processed"), "council_type", "uphold_rate")
    >>> found.groups.set_index("group").loc["metropolitan_district", ["n", "total", "rate"]].astype(float).to_list()
    [3.0, 3.0, 1.0]
    >>> found.left_out["closed after initial enquiries"]
    1
    """
    if by not in GROUPINGS:
        raise WrongQuestion(f"There is no grouping {by}; give one of {', '.join(GROUPINGS)}.")
    if measure not in MEASURES:
        raise WrongQuestion(f"There is no measure {measure}; give one of {', '.join(MEASURES)}.")
    chosen = MEASURES[measure]
    decisions = _decisions(tables)
    left_out: dict[str, int] = {}
    if where:
        kept = _meets(decisions, where)
        _note(left_out, "outside --where", int((~kept).sum()))
        decisions = decisions[kept]
    decisions = decisions.assign(group=_group(decisions, by))
    _note(left_out, f"without {by.replace('_', ' ')}", int(decisions["group"].isna().sum()))
    decisions = decisions[decisions["group"].notna()]
    decisions = decisions.assign(value=chosen.of(decisions).astype(float))
    without = decisions[decisions["value"].isna()]
    for reason, count in chosen.left_out(without).value_counts().items():
        _note(left_out, str(reason), int(count))

    overall = _figures("all", decisions, chosen)
    rows = [_figures(str(name), of, chosen) for name, of in decisions.groupby("group", sort=True)]
    groups = pd.DataFrame(rows, columns=list(COLUMNS))
    few = groups["n"] < max(min_decisions, 1)
    _note(left_out, f"in groups with fewer than {max(min_decisions, 1)} to count", int(groups.loc[few, "n"].sum()))
    groups = groups[~few]
    if groups.empty:
        said = "; ".join(f"{count} {reason}" for reason, count in left_out.items()) or "it has none"
        raise NothingLeft(f"No decision in {tables.folder} is left to compare ({said}); ask for less.")
    _per_people(groups, by)
    if chosen.kind == "share":
        groups["funnel"] = [
            funnel_place(r, n, overall["rate"]) for r, n in zip(groups["rate"], groups["n"], strict=True)
        ]
    if by != "year":
        groups = groups.sort_values(["n", "group"], ascending=[False, True])
    dates = decisions.loc[decisions["value"].notna(), "decision_date"].dropna()
    return Comparison(
        by,
        chosen,
        where,
        groups.reset_index(drop=True),
        pd.Series(overall),
        left_out,
        int(few.sum()),
        dates.min() if len(dates) else None,
        dates.max() if len(dates) else None,
        tables.run,
    )


def _decisions(tables: Tables) -> pd.DataFrame:
    """The decisions with what the measures need beside: year, payments, n_remedies, n_improvements."""
    lists = ("other_bodies", "warnings", *schemas.ITEMS)  # slow to read and to filter, and not compared
    decisions = tables.read("decisions", [c for c in schemas.TABLES["decisions"].names if c not in lists])
    remedies = tables.read("remedies", ["decision_id", "kind"])
    improvements = tables.read("procedural_improvements", ["decision_id"])

    def count(items: pd.DataFrame) -> pd.Series:
        return decisions["decision_id"].map(items["decision_id"].value_counts()).fillna(0).astype(float)

    financial = [kind for kind in remedies["kind"].cat.categories if kind.startswith("financial")]
    return decisions.assign(
        year=decisions["decision_date"].dt.year.astype("Int64"),
        payments=count(remedies[remedies["kind"].isin(financial)]),
        n_remedies=count(remedies),
        n_improvements=count(improvements),
    )


def _meets(decisions: pd.DataFrame, where: str) -> pd.Series:
    try:
        kept = decisions.eval(where, engine="python", local_dict={}, global_dict={})
    except Exception as error:  # what a wrong condition raises is anything
        why = " ".join(str(error).split())
        raise WrongQuestion(
            f"--where {where!r} cannot be asked: {why.rstrip('.')}; the columns are {', '.join(decisions.columns)}."
        ) from None
    if not (isinstance(kept, pd.Series) and pd.api.types.is_bool_dtype(kept.dtype)):
        raise WrongQuestion(f"--where {where!r} is no condition; write one such as \"category == 'Education'\".")
    return kept.fillna(False).astype(bool)


def _count(n: int, thing: str) -> str:
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def _note(left_out: dict[str, int], reason: str, count: int) -> None:
    if count:
        left_out[reason] = left_out.get(reason, 0) + count


def _group(decisions: pd.DataFrame, by: str) -> pd.Series:
    """Each decision's group as a string; null where it has none."""
    if by == "council":
        known = register.councils()
        names = decisions["council_code"].map({code: council.name for code, council in known.items()})
        return names.astype(object).where(names.notna(), one_spelling(decisions["council"]))
    if by in ("category", "subcategory"):
        return one_spelling(decisions[by])
    group = decisions[by].astype(object)
    return group.map(str, na_action="ignore").where(group.notna(), None)


def one_spelling(names: pd.Series) -> pd.Series:
    """Names that differ in capitals and spaces alone as the one that is printed most."""
    key = names.astype(object).map(lambda name: " ".join(name.split()).casefold(), na_action="ignore")
    most = names.astype(object).groupby(key).agg(lambda of: of.mode().iloc[0])
    return key.map(most)


def _figures(name: str, decisions: pd.DataFrame, measure: Measure) -> dict[str, Any]:
    values = decisions["value"].dropna().to_numpy()
    n = len(values)
    row: dict[str, Any] = dict.fromkeys(COLUMNS, np.nan) | {"group": name, "n": n, "funnel": None}
    row["left_out"] = len(decisions) - n
    row["small"] = n < SMALL
    row["share_with_payment"] = (decisions["payments"] > 0).mean()
    row["total"] = round(values.sum(), 2)  # a sum of pence in floats is off by far less than a penny
    if n and measure.kind == "share":
        row["rate"] = values.mean()
        row["low"], row["high"] = rate_interval(int(values.sum()), n)
    elif n:
        row["mean"] = values.mean()
        row["q1"], row["median"], row["q3"] = np.quantile(values, [0.25, 0.5, 0.75])
        row["low"], row["high"] = median_interval(values)
    return row


def _per_people(groups: pd.DataFrame, by: str) -> None:
    people: dict[str, float] = {}
    known = register.councils().values()
    if by == "council":
        people = {c.name: c.population for c in known if c.population}
    elif by == "region":
        for council in known:
            # Today's councils; the people of a district are its county's too.
            if council.end is None and council.type != "district":
                people[council.region] = people.get(council.region, 0) + (council.population or 0)
    groups["population"] = groups["group"].map(people).astype(float)
    groups["per_100k"] = groups["total"] / groups["population"] * 100_000


# --- uncertainty -----------------------------------------------------------------------------------------------


def rate_interval(count: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """The exact (Clopper-Pearson) interval of a share: count of n.

    >>> [round(end, 4) for end in rate_interval(7, 50)]
    [0.0582, 0.2674]
    """
    low, high = stats.binomtest(count, n).proportion_ci(level)
    return float(low), float(high)


def median_interval(values: np.ndarray | list[float], level: float = 0.95) -> tuple[float, float]:
    """The interval of a median by order statistics, exact whatever the distribution; nan, nan for fewer than 6 values.

    With so few no two of them hold the median between them in 95 of 100 samples.

    >>> median_interval([0, 100, 150, 300, 500, 1000])
    (0.0, 1000.0)
    """
    low, high = stats.quantile_test(np.asarray(values, dtype=float), p=0.5).confidence_interval(level)
    return (float(low), float(high)) if np.isfinite([low, high]).all() else (np.nan, np.nan)


class Limits(NamedTuple):
    """The limits of a funnel plot, as shares: where chance alone leaves 95 and 99.8 of 100 groups of n."""

    low95: np.ndarray
    high95: np.ndarray
    low998: np.ndarray
    high998: np.ndarray


def funnel_limits(n: np.ndarray | list[int] | int, target: float) -> Limits:
    """Exact binomial limits around a target share for groups of n decisions.

    The binomial's quantiles, interpolated as in D. J. Spiegelhalter, "Funnel plots for comparing institutional
    performance", Statistics in Medicine 24 (2005), appendix A.1.1. The upper limits are the mirror image of the lower
    ones, so that on both sides a group is outside exactly where chance alone leads as far or further in less than 2.5,
    or 0.1, of 100 cases. A target of 0 or 1 is its own limit.

    >>> [round(float(limit), 3) for limit in funnel_limits(50, 0.6)]
    [0.452, 0.744, 0.371, 0.817]
    """
    size = np.asarray(n)
    if not 0 < target < 1:
        return Limits(*[np.full(size.shape, float(target))] * 4)

    def low(p: float, share: float) -> np.ndarray:
        r = stats.binom.ppf(p, size, share)
        reached = stats.binom.cdf(r, size, share)
        beyond = (reached - p) / (reached - stats.binom.cdf(r - 1, size, share))
        limit: np.ndarray = np.clip((r - beyond) / size, 0, 1)
        return limit

    return Limits(low(0.025, target), 1 - low(0.025, 1 - target), low(0.001, target), 1 - low(0.001, 1 - target))


def funnel_place(rate: float, n: int, target: float) -> str:
    """inside, or above or below the 95 or 99.8 per cent limit.

    >>> funnel_place(0.85, 50, 0.6), funnel_place(0.5, 50, 0.6)
    ('above 99.8', 'inside')
    """
    limits = funnel_limits(n, target)
    if rate > limits.high95:
        return "above 99.8" if rate > limits.high998 else "above 95"
    if rate < limits.low95:
        return "below 99.8" if rate < limits.low998 else "below 95"
    return "inside"
