"""A comparison as a picture: dots with intervals, and for shares a funnel plot beside them. Needs the extra `plot`."""

from __future__ import annotations

import textwrap
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from pipeline.compare import Comparison, funnel_limits

FORMATS = ("png", "svg")
MOST = 30
"""Groups that a picture can hold; the largest are drawn, and the caption says so."""

# Dark enough on white for 4.5 to 1; told apart by form as well.
_INK, _QUIET, _MARK = "#1f2933", "#5f6b76", "#b3261e"


def draw(found: Comparison) -> Figure:
    """The figure. Small groups are hollow; those outside a funnel's limits are squares, the farthest named."""
    shown = found.groups.head(MOST)
    share = found.measure.kind == "share"
    height = 1.9 + 0.3 * max(len(shown), 6 if not share else 12)
    figure = Figure(figsize=(13 if share else 9, height), layout="constrained")
    axes = figure.subplots(1, 2, width_ratios=(1, 1)) if share else [figure.subplots()]
    figure.suptitle(f"{found.measure.title}, by {found.by.replace('_', ' ')}", color=_INK, x=0.01, ha="left", size=14)
    _dots(axes[0], found)
    if share:
        _funnel(axes[1], found)
    notes = found.notes()
    if len(found.groups) > MOST:
        notes.insert(0, f"The {MOST} groups with most decisions, of {len(found.groups)}.")
    caption = textwrap.fill(" ".join(notes), 165 if share else 115)
    figure.supxlabel(caption, x=0.01, ha="left", size=8, color=_QUIET)
    return figure


def save(found: Comparison, path: Path) -> None:
    """Writes the figure as .png or .svg, with a title and the notes as its description. Raises OSError, ValueError."""
    title = f"{found.measure.title}, by {found.by}"
    kind = path.suffix[1:].lower()
    if kind not in FORMATS:
        raise ValueError(f"{path} ends neither in .png nor in .svg")
    # No date: the same tables give the same file.
    extra = {"Date": None} if kind == "svg" else {}
    draw(found).savefig(path, dpi=150, metadata={"Title": title, "Description": " ".join(found.notes())} | extra)


def _dots(axes: Axes, found: Comparison) -> None:
    shown = found.groups.head(MOST)
    column = "rate" if found.measure.kind == "share" else "median"
    at = np.arange(len(shown))[::-1]
    values = shown[column].to_numpy(float)
    axes.hlines(at, shown["low"], shown["high"], color=_QUIET, linewidth=1.5)
    if found.measure.kind != "share":
        # Quartiles too: a median's interval does not say how the values spread.
        axes.hlines(at, shown["q1"], shown["q3"], color=_INK, linewidth=5, alpha=0.35)
    axes.scatter(values, at, s=42, zorder=3, facecolor=np.where(shown["small"], "white", _INK), edgecolor=_INK)
    axes.axvline(found.overall[column], color=_MARK, linestyle="--", linewidth=1)
    names = [
        _short(f"{group.replace('_', ' ')}{'*' if small else ''} ({n})")
        for group, small, n in zip(shown["group"].astype(str), shown["small"], shown["n"], strict=True)
    ]
    axes.set_yticks(at, names, color=_INK, size=9)
    axes.set_ylim(-0.7, len(shown) - 0.3)
    said = (
        "share, with 95 per cent interval"
        if column == "rate"
        else "median; thin: its 95 per cent interval, thick: quartiles"
    )
    axes.set_xlabel(f"{found.measure.title}: {said}; dashed: all", color=_INK, size=9)
    _value_axis(axes, found, "x")
    _plain(axes)


def _funnel(axes: Axes, found: Comparison) -> None:
    groups, target = found.groups, float(found.overall["rate"])
    most = int(groups["n"].max())
    n = np.unique(np.linspace(1, max(most * 1.08, 10), 400).astype(int))
    limits = funnel_limits(n, target)
    for low, high, style, name in (
        (limits.low95, limits.high95, "--", "95 per cent"),
        (limits.low998, limits.high998, "-", "99.8 per cent"),
    ):
        axes.plot(n, low, style, color=_QUIET, linewidth=1.2, label=f"{name} limits")
        axes.plot(n, high, style, color=_QUIET, linewidth=1.2)
    axes.axhline(target, color=_MARK, linewidth=1, label=f"all: {target:.0%}")
    outside = groups["funnel"] != "inside"
    for of, marker, color in ((groups[~outside], "o", _INK), (groups[outside], "s", _MARK)):
        axes.scatter(
            of["n"], of["rate"], marker=marker, s=30, facecolor="none", edgecolor=color, zorder=3, clip_on=False
        )
    far = groups["funnel"].isin(["above 99.8", "below 99.8"])
    named = groups[far if far.any() else outside]
    for _, at in list(named.groupby(["n", "rate"], sort=False))[:12]:
        names, size, rate = at["group"], int(at["n"].iloc[0]), float(at["rate"].iloc[0])
        name = _short(names.iloc[0], 32) + (f" and {len(names) - 1} more" if len(names) > 1 else "")
        right = size > most / 2  # towards the middle, so that no name leaves the picture
        axes.annotate(
            name,
            (size, rate),
            xytext=(-6 if right else 6, 4 if rate < 0.95 else -11),
            textcoords="offset points",
            ha="right" if right else "left",
            size=8,
            color=_INK,
        )
    axes.set_ylim(-0.02, 1.02)
    axes.set_xlabel("Decisions counted", color=_INK, size=9)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    _value_axis(axes, found, "y")
    axes.legend(frameon=False, fontsize=8, loc="best")
    _plain(axes)


def _value_axis(axes: Axes, found: Comparison, which: str) -> None:
    kind = found.measure.kind
    form = {"share": lambda v, _: f"{v:.0%}", "pounds": lambda v, _: f"£{v:,.0f}", "count": lambda v, _: f"{v:g}"}[kind]
    (axes.xaxis if which == "x" else axes.yaxis).set_major_formatter(FuncFormatter(form))
    if which == "x":
        axes.set_xlim(left=-0.02 if kind == "share" else None, right=1.02 if kind == "share" else None)


def _plain(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(colors=_INK, labelsize=9)


def _short(name: str, most: int = 44) -> str:
    name = name if len(name) <= most else f"{name[: most - 8]}…{name[-7:]}"
    return name.replace("$", r"\$")  # a dollar sign would begin a formula
