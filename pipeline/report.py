"""The report: one page of a run's tables that opens from disk, its plots' JavaScript inside. Needs the extra `report`.

The figures are those of `pipeline.compare`; this module lays them out. Plots are Vega-Lite, because its SVG carries
names for screen readers and its JavaScript is the smallest (0.9 MB; Bokeh 1.3, plotly 4.8).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import altair as alt
import jinja2
import numpy as np
import pandas as pd
import vl_convert

from pipeline import compare as comparing
from pipeline import tables as schemas
from pipeline import view
from pipeline.api import Tables
from pipeline.compare import Comparison

_PAGES = Path(__file__).parent / "pages"
_LISTED = 200  # rejected files on the page; the table of files has all
_SHOWN = 30  # groups in a plot at first; the page's reader may ask for more
_QUOTES = 3

# Dark enough on white for 4.5 to 1; told apart by form as well.
_INK, _QUIET, _MARK = "#1f2933", "#5f6b76", "#b3261e"

COMPARISONS = (
    ("uphold_rate", "council"),
    ("uphold_rate", "category"),
    ("remedy_total", "council"),
    ("remedy_total", "category"),
)
"""What the report compares: measure and grouping."""

WARNINGS = {
    "heading_missing": "no body, reference or date is printed",
    "date_unreadable": "the printed date could not be read",
    "body_not_in_register": "the body is not in the register of councils",
    "outcome_disagrees_with_text": "the printed label and the final decision say different things; the label counts",
    "no_finding_read": "upheld, and no sentence was read as a finding",
    "text_cut_off": "the text ends before its end",
    "reference_shared": "another decision with other words has the same reference",
}
"""The warnings and what they mean; docs/tables.md has them too. The schema says it of those of items."""

_ABOUT_ITEMS = schemas.TABLES["remedies"].field("warnings").metadata[b"description"].decode()
WARNINGS |= dict(re.findall(r"(\w+) \(([^)]+)\)", _ABOUT_ITEMS))


@dataclass(slots=True)
class Figure:
    """A comparison on the page. `plots`: Vega-Lite by id; `said`: what a dot and its line are.

    `found` is null where nothing was left to compare; `nothing` then says why.
    """

    id: str
    title: str
    found: Comparison | None
    nothing: str
    heads: list[str]
    rows: list[dict[str, str]]
    plots: dict[str, dict[str, Any]]
    said: str


def write(tables: Tables, path: Path) -> None:
    """Writes the report of a run. The same tables give the same page. Raises OSError."""
    path.write_text(to_html(tables), encoding="utf-8")


def to_html(tables: Tables) -> str:
    """The report as HTML: complete in itself; what a decision or a file name says is text, whatever it holds."""
    figures = [_figure(tables, measure, by) for measure, by in COMPARISONS]
    improvements = _improvements(tables)
    plots = {name: plot for figure in figures for name, plot in figure.plots.items()}
    if improvements:
        plots["improvements-kinds"] = _bars(improvements)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_PAGES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("report.html.jinja").render(
        run=tables.run,
        made=_made(tables),
        files=_files(tables),
        overview=_overview(tables),
        warnings=_warnings(tables),
        figures=figures,
        improvements=improvements,
        shown=_SHOWN,
        small=comparing.SMALL,
        listed=_LISTED,
        plots=plots,
        decisions=_decisions(tables),
        words=view.words,
        # Libraries' own code, not the corpus's.
        vega=vl_convert.javascript_bundle(),  # type: ignore[call-arg]  # its stub forgets a default
        style=(_PAGES / "report.css").read_text("utf-8"),
        script=(_PAGES / "report.js").read_text("utf-8"),
    )


# --- what was read ---------------------------------------------------------------------------------------------


def _made(tables: Tables) -> str:
    """When the run was, from its id; empty where that does not say."""
    try:
        at = dt.datetime.strptime(tables.run.get("run_id", "")[:15], "%Y%m%dT%H%M%S")
    except ValueError:
        return ""
    return f"{at:%-d %B %Y}"


def _files(tables: Tables) -> dict[str, Any]:
    """How many files of each status, and the rejected ones with their reasons."""
    files = tables.read("files", ["path", "status", "reason"])
    counts = {str(status): int(n) for status, n in files["status"].value_counts(sort=False).items()}
    rejected = files.loc[files["status"] == "rejected", ["path", "reason"]]
    return {
        "all": len(files),
        "counts": counts,
        "rejected": list(rejected.head(_LISTED).itertuples(index=False, name=None)),
    }


def _overview(tables: Tables) -> list[tuple[str, str]]:
    """The corpus in a few figures: names and values."""
    decisions = tables.read("decisions", ["council", "decision_date", "outcome", "remedy_total_complete"])
    totals = tables.read("decisions", ["remedy_total"])["remedy_total"]
    first, last = decisions["decision_date"].min(), decisions["decision_date"].max()
    incomplete = int((~decisions["remedy_total_complete"]).sum())
    facts = [("Decisions", f"{len(decisions):,}")]
    if pd.notna(first):
        facts.append(("Decided", f"{first:%-d %B %Y} to {last:%-d %B %Y}"))
    facts.append(("Bodies, as printed", f"{decisions['council'].nunique():,}"))
    for outcome, n in decisions["outcome"].value_counts(sort=False).items():
        if n:
            facts.append((view.words(str(outcome)).capitalize(), f"{n:,}"))
    facts.append(("Sums to be paid, where known", view.pounds(float(totals.sum() or 0))))
    facts.append(("Totals that are only a part", f"{incomplete:,}"))
    return facts


def _warnings(tables: Tables) -> list[tuple[str, str, int]]:
    """What to check: name, meaning, in how many decisions."""
    counts = pd.Series([name for names in _checks(tables).values() for name in names], dtype=object).value_counts()
    return [(str(name), WARNINGS.get(str(name), ""), int(n)) for name, n in counts.items()]


_WARNED = ("remedies", "procedural_improvements")


def _checks(tables: Tables) -> dict[str, list[str]]:
    """The warnings of each decision that has some, by decision_id, those of its items among them, once each."""
    found: dict[str, dict[str, None]] = {}
    for name in ("decisions", *_WARNED):
        rows = tables.read(name, ["decision_id", "warnings"])
        for decision_id, warnings in zip(rows["decision_id"], rows["warnings"], strict=True):
            if len(warnings):
                found.setdefault(decision_id, {}).update(dict.fromkeys(warnings))
    return {decision_id: list(names) for decision_id, names in found.items()}


# --- comparisons -----------------------------------------------------------------------------------------------


def _figure(tables: Tables, measure: str, by: str) -> Figure:
    name = f"{measure}-{by}".replace("_", "-")
    try:
        found = comparing.compare(tables, by, measure)
    except comparing.NothingLeft as error:
        title = f"{comparing.MEASURES[measure].title}, by {view.words(by)}"
        return Figure(name, title, None, str(error), [], [], {}, "")
    heads, rows = view.rows(found)
    plots = {f"{name}-dots": _dots(found)}
    if found.measure.kind == "share":
        plots[f"{name}-funnel"] = _funnel(found)
    return Figure(name, view.title(found), found, "", heads, rows, plots, _said(found))


def _data(found: Comparison) -> alt.InlineData:
    """The groups' rows for a plot: the figures, and as text what a pointer or a screen reader is told."""
    heads, rows = view.rows(found)
    told = [
        f"{row['']}: " + view.join(f"{head} {row[head]}" for head in heads if head and row[head]) for row in rows[:-1]
    ]
    columns = ["group", "n", "rate", "median", "low", "high", "q1", "q3", "small", "funnel"]
    data = found.groups[columns].assign(
        group=[view.printable(row[""]) for row in rows[:-1]], told=told, place=range(1, len(told) + 1)
    )
    values: list[Any] = data.astype(object).where(data.notna(), None).to_dict("records")
    return alt.InlineData(values=values)


def _dots(found: Comparison) -> dict[str, Any]:
    """A dot and an interval a group, the quartiles of sums behind; hollow where decisions are few."""
    share = found.measure.kind == "share"
    column = "rate" if share else "median"
    most, find = alt.param(name="most", value=_SHOWN), alt.param(name="find", value="")
    labels = "format(datum.value, '.0%')" if share else "'£' + format(datum.value, ',')"
    axis = alt.Axis(labelExpr=labels, tickCount=5, orient="top")
    scale = alt.Scale(domain=[0, 1]) if share else alt.Scale(zero=True)
    x = alt.X(f"{column}:Q", title=None, axis=axis, scale=scale)
    y = alt.Y("group:N", sort=None, title=None)
    base = alt.Chart(_data(found)).transform_filter("datum.place <= most").encode(y=y)
    lit = "find == '' || indexof(lower(datum.group), lower(find)) >= 0"
    opacity = alt.condition(lit, alt.value(1.0), alt.value(0.15))
    whole = found.overall[column]
    layers: list[alt.Chart] = [
        base.mark_point(filled=False, size=70, strokeWidth=2, opacity=1).encode(
            x=x,
            fill=alt.condition("datum.small", alt.value("#ffffff"), alt.value(_INK)),
            stroke=alt.value(_INK),
            opacity=opacity,
            tooltip=alt.Tooltip("told:N", title=" "),
            description="told:N",
        ),
        alt.Chart(alt.InlineData(values=[{"all": float(whole)}]))
        .mark_rule(color=_MARK, strokeDash=[5, 4], aria=False)
        .encode(x="all:Q"),
    ]
    if found.groups["low"].notna().any():
        rule = base.transform_filter("isValid(datum.low)").mark_rule(color=_QUIET, size=1.5, aria=False)
        layers.insert(0, rule.encode(x="low:Q", x2="high:Q", opacity=opacity))
    if not share:
        layers.insert(0, base.mark_bar(color="#c9d2da", size=9, aria=False).encode(x="q1:Q", x2="q3:Q"))
    return _plot(alt.layer(*layers).add_params(most, find), 20 * min(len(found.groups), _SHOWN), _tell_dots(found))


def _funnel(found: Comparison) -> dict[str, Any]:
    """Shares against the number of decisions, within the limits that chance alone would leave."""
    target = float(found.overall["rate"])
    most = max(int(found.groups["n"].max() * 1.08), 10)
    n = np.unique(np.linspace(1, most, 200).astype(int))
    limits = comparing.funnel_limits(n, target)
    lines = [
        {"n": int(size), "limit": float(value), "line": f"{which}{side}", "of": f"{which} per cent limits"}
        for which, pair in (("95", (limits.low95, limits.high95)), ("99.8", (limits.low998, limits.high998)))
        for side, values in zip(("low", "high"), pair, strict=True)
        for size, value in zip(n, values, strict=True)
    ]
    x = alt.X("n:Q", title="Decisions counted", axis=alt.Axis(tickMinStep=1, format="d"))
    y = alt.Y("rate:Q", title=found.measure.title, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%"))
    find = alt.param(name="find", value="")
    lit = "find == '' || indexof(lower(datum.group), lower(find)) >= 0"
    inside = "datum.funnel == 'inside'"
    layers = [
        alt.Chart(alt.InlineData(values=lines))
        .mark_line(color=_QUIET, strokeWidth=1.3, aria=False)
        .encode(
            x=x,
            y=alt.Y("limit:Q"),
            detail="line:N",
            strokeDash=alt.StrokeDash(
                "of:N",
                title=None,
                scale=alt.Scale(domain=["95 per cent limits", "99.8 per cent limits"], range=[[5, 4], [1, 0]]),
                legend=alt.Legend(orient="bottom", columns=1, symbolStrokeColor=_QUIET),
            ),
        ),
        alt.Chart(alt.InlineData(values=[{"all": target}])).mark_rule(color=_MARK, aria=False).encode(y="all:Q"),
        alt.Chart(_data(found))
        .mark_point(filled=False, size=60, strokeWidth=1.8)
        .encode(
            x=x,
            y=y,
            shape=alt.condition(inside, alt.value("circle"), alt.value("square")),
            stroke=alt.condition(inside, alt.value(_INK), alt.value(_MARK)),
            opacity=alt.condition(lit, alt.value(1.0), alt.value(0.12)),
            tooltip=alt.Tooltip("told:N", title=" "),
            description="told:N",
        ),
    ]
    return _plot(alt.layer(*layers).add_params(find), 340, _tell_funnel(found))


def _plot(chart: alt.LayerChart | alt.FacetChart | alt.Chart, height: int, told: str) -> dict[str, Any]:
    """A plot as Vega-Lite. told: what a reader who does not see it is told."""
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    made = chart.properties(
        width="container", height=height, background="transparent", description=told, autosize=fit
    ).configure(
        font="system-ui, sans-serif",
        axis=alt.AxisConfig(
            labelColor=_INK, titleColor=_INK, labelFontSize=12, titleFontSize=12, titleFontWeight="normal",
            labelLimit=270, gridColor="#e4e7eb", domainColor="#9aa5b1", tickColor="#9aa5b1",
        ),
        view=alt.ViewConfig(stroke=None),
        legend=alt.LegendConfig(labelColor=_INK, labelFontSize=12),
    )  # fmt: skip
    spec: dict[str, Any] = made.to_dict()
    return spec


def _said(found: Comparison) -> str:
    if found.measure.kind == "share":
        return "share with its 95 per cent interval"
    return "median, grey: quartiles, line: the median's 95 per cent interval where decisions suffice for one"


def _tell_dots(found: Comparison) -> str:
    """What the plot shows, in words, with its ends."""
    column = "rate" if found.measure.kind == "share" else "median"
    show = view.percent if column == "rate" else view.pounds
    lowest, highest = (found.groups.loc[found.groups[column].agg(f)] for f in ("idxmin", "idxmax"))
    return (
        f"Dot plot of {len(found.groups)} groups. {found.measure.title}: {_said(found)}. "
        f"All together: {show(found.overall[column])}. "
        f"Lowest: {lowest['group']}, {show(lowest[column])} of {lowest['n']} decisions; "
        f"highest: {highest['group']}, {show(highest[column])} of {highest['n']}. The table below has every figure."
    )


def _tell_funnel(found: Comparison) -> str:
    outside = found.groups[found.groups["funnel"] != "inside"]
    names = view.join(f"{at['group']} ({at['funnel']})" for at in outside.head(8).to_dict("records"))
    said = f"{len(outside)} outside the 95 per cent limits: {names}" if len(outside) else "none outside the limits"
    return (
        f"Funnel plot of {len(found.groups)} groups: {found.measure.title.lower()} against the decisions counted, "
        f"with the limits of chance around {view.percent(found.overall['rate'])}; {said}."
    )


# --- improvements ----------------------------------------------------------------------------------------------


def _improvements(tables: Tables) -> list[dict[str, Any]]:
    """The kinds of improvement, the one that most decisions have first, each with its latest quotes."""
    rows = tables.read("procedural_improvements", ["decision_id", "kind", "status", "quote"])
    about = tables.read("decisions", ["decision_id", "council", "decision_date"])
    rows = rows.merge(about, on="decision_id", validate="many_to_one")
    rows = rows.sort_values(["decision_date", "decision_id"], ascending=[False, True], kind="stable")
    kinds = []
    for kind, of in rows.groupby("kind", observed=True):
        status = {view.words(str(s)): int(n) for s, n in of["status"].value_counts().items() if n}
        quotes = of.drop_duplicates("decision_id").head(_QUOTES)
        kinds.append(
            {
                "kind": view.words(str(kind)),
                "improvements": len(of),
                "decisions": int(of["decision_id"].nunique()),
                "share": view.percent(of["decision_id"].nunique() / len(about)),
                "status": view.join(f"{n:,} {name}" for name, n in status.items()),
                "quotes": [(q["quote"], _or_empty(q["council"]), q["decision_id"]) for q in quotes.to_dict("records")],
            }
        )
    return sorted(kinds, key=lambda k: (-k["decisions"], k["kind"]))


def _bars(improvements: list[dict[str, Any]]) -> dict[str, Any]:
    values = [
        {"kind": k["kind"], "decisions": k["decisions"], "told": f"{k['kind']}: {k['decisions']} decisions"}
        for k in improvements
    ]
    chart = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("decisions:Q", title="Decisions", axis=alt.Axis(tickMinStep=1, tickCount=6, format="d", orient="top")),
        y=alt.Y("kind:N", sort=None, title=None),
        tooltip=alt.Tooltip("told:N", title=" "),
        description="told:N",
    )
    told = "Bar chart of decisions by kind of improvement; the table below has the figures."
    return _plot(chart.mark_bar(color="#3d6d94", size=16), 28 * len(values), told)


# --- the table -------------------------------------------------------------------------------------------------


def _decisions(tables: Tables) -> dict[str, Any]:
    """What the page's table holds: a row a decision, latest first; last in it, what opens below it.

    That is its payments, and the other items that carry a warning: what it is, its sum, "" where it is no payment and
    null where it has no figure, whom it is for, paragraph, warnings, quote.
    """
    names = ["decision_id", "case_reference", "council", "category", "outcome", "decision_date", "summary"]
    decisions = tables.read("decisions", [*names, "remedy_total", "remedy_total_complete"])
    decisions["category"] = comparing.one_spelling(decisions["category"])
    decisions = decisions.sort_values(["decision_date", "decision_id"], ascending=[False, True], kind="stable")
    improvements = tables.read("procedural_improvements", ["decision_id"])["decision_id"].value_counts().to_dict()
    items, checks = _items(tables), _checks(tables)
    rows = []
    for at in decisions.to_dict("records"):
        rows.append(
            [
                at["decision_id"],
                *(_or_empty(at[name]) for name in ("case_reference", "council", "category")),
                view.words(at["outcome"]),
                "" if pd.isna(at["decision_date"]) else f"{at['decision_date']:%Y-%m-%d}",
                float(at["remedy_total"]),
                bool(at["remedy_total_complete"]),
                int(improvements.get(at["decision_id"], 0)),
                [view.words(w) for w in checks.get(at["decision_id"], [])],
                _or_empty(at["summary"]),
                items.get(at["decision_id"], []),
            ]
        )
    return {"rows": rows}


def _items(tables: Tables) -> dict[str, list[list[Any]]]:
    """Payments and items with a warning, by decision_id."""
    found: dict[str, list[list[Any]]] = {}
    for name in _WARNED:
        columns = ["decision_id", "kind", "amount", "recipient", "paragraph", "warnings", "quote"]
        there = [c for c in columns if c in schemas.TABLES[name].names]
        for at in tables.read(name, there).to_dict("records"):
            payment = at["kind"].startswith("financial")
            if not payment and not len(at["warnings"]):
                continue
            amount = None if payment else ""
            if payment and pd.notna(at["amount"]):
                amount = view.pounds(float(at["amount"]))
            paragraph = "" if pd.isna(at["paragraph"]) else int(at["paragraph"])
            warnings = view.join(view.words(w) for w in at["warnings"])
            row = [view.words(at["kind"]), amount, _or_empty(at.get("recipient")), paragraph, warnings, at["quote"]]
            found.setdefault(at["decision_id"], []).append(row)
    return found


def _or_empty(value: Any) -> str:
    return value if isinstance(value, str) else ""
