"""`ombudsman compare`: figures worked by hand on data/raw, the statistics, what is left out, files and errors."""

import io
import math
import xml.etree.ElementTree as xml

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from rich.console import Console
from typer.testing import CliRunner

from pipeline import cli, show
from pipeline.compare import (
    COLUMNS,
    GROUPINGS,
    MEASURES,
    NothingLeft,
    WrongQuestion,
    compare,
    funnel_limits,
    funnel_place,
    median_interval,
    rate_interval,
)


def groups(*args, **keywords):
    return compare(*args, **keywords).groups.set_index("group")


def ombudsman(*args):
    return CliRunner().invoke(cli.app, [str(a) for a in args])


# --- by hand, from the headings and the agreed actions in data/raw ---------------------------------------------


def test_uphold_rates_by_type(tables):
    found = compare(tables, "council_type", "uphold_rate")
    by_hand = {  # upheld, not upheld, neither
        "metropolitan_district": (3, 0, 0),  # Sheffield twice, Dudley
        "county": (3, 0, 0),  # Norfolk twice, Suffolk
        "london_borough": (1, 1, 0),  # Hillingdon; Lambeth
        "other_authority": (1, 1, 0),  # Transport for London; Yorkshire Dales
        "unitary": (2, 0, 0),  # Northumberland, Cornwall
        "district": (1, 0, 1),  # East Suffolk; South Hams, closed after initial enquiries
        "care_provider": (1, 0, 0),
        "school": (1, 0, 0),
    }
    rows = found.groups.set_index("group")
    assert {g: (r.total, r.n - r.total, r.left_out) for g, r in rows.iterrows()} == by_hand
    assert found.overall["rate"] == 13 / 15
    # Exact for k = n of n: the share whose nth power is 0.025.
    assert rows.loc["county", "low"] == pytest.approx(0.025 ** (1 / 3)) and rows.loc["county", "high"] == 1
    # The flat with damp and the day service name no body.
    assert found.left_out == {"without council type": 2, "closed after initial enquiries": 1}
    assert f"{found.first:%Y-%m-%d} {found.last:%Y-%m-%d}" == "2016-07-14 2024-06-13"


def test_remedies_of_2023(tables):
    # Cornwall 600 + 350 + 200, and 245.40 not asked for any more; Sheffield 2,400 + 375 + 300 + 486.
    year = groups(tables, "year", "remedy_total").loc["2023"]
    assert (year["n"], year["left_out"], year["total"]) == (2, 0, 4956.4)
    assert [year["q1"], year["median"], year["q3"]] == pytest.approx([1936.8, 2478.2, 3019.6])
    assert year["share_with_payment"] == 1 and math.isnan(year["low"])
    payments = groups(tables, "year", "payments").loc["2023"]
    assert (payments["total"], payments["median"]) == (8, 4)


def test_a_council_and_a_region(tables):
    sheffield = groups(tables, "council", "remedy_total").loc["Sheffield City Council"]
    # The other decision is a rate without a count: its total is a part, its payment a payment.
    assert (sheffield["n"], sheffield["left_out"], sheffield["total"]) == (1, 1, 3561)
    assert sheffield["share_with_payment"] == 1 and sheffield["population"] == 589_214
    assert sheffield["per_100k"] == pytest.approx(3561 / 5.89214)
    south_west = groups(tables, "region", "remedy_total").loc["South West"]
    # Cornwall 1,395.40, South Hams nothing; people of the region by the national statistics office, mid-2020.
    assert (south_west["median"], south_west["share_with_payment"], south_west["population"]) == (697.7, 0.5, 5_659_143)


def test_one_category_however_it_is_printed(tables):
    # "Transport and highways" (Transport for London), "Transport And Highways" (Dudley's banner)
    assert groups(tables, "category", "payment_rate").filter(like="ransport", axis=0)["n"].to_list() == [2]


# --- what is left out ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", GROUPINGS)
@pytest.mark.parametrize("measure", MEASURES)
def test_every_decision_is_counted_or_accounted_for(tables, by, measure):
    asked = [None, "year >= 2020", "fault_found"] if by == "council" else [None]
    for where in asked:
        found = compare(tables, by, measure, where)
        assert found.groups["n"].sum() + sum(found.left_out.values()) == len(tables.decisions)
        assert list(found.groups.columns) == list(COLUMNS) and (found.groups["n"] > 0).all()
        assert all(f"{count:,} {reason}" in " ".join(found.notes()) for reason, count in found.left_out.items())


def test_groups_that_are_too_small(tables):
    found = compare(tables, "council", "uphold_rate", min_decisions=2)
    assert found.groups["group"].to_list() == ["Norfolk County Council", "Sheffield City Council"]
    assert found.left_out["in groups with fewer than 2 to count"] == 11 and found.not_shown == 12
    assert found.groups["n"].sum() + sum(found.left_out.values()) == 18
    assert found.groups["small"].all() and "* under 10 decisions" in " ".join(found.notes())
    assert found.overall["rate"] == 13 / 15  # what is not shown is still a part of the whole


def test_where(tables):
    found = compare(tables, "council", "uphold_rate", "category == 'Education' and decision_date > '2020-01-01'")
    assert found.groups["group"].to_list() == ["Sheffield City Council"]
    assert found.left_out["outside --where"] == 17
    for wrong in ("nonsense == 1", "category", "a = 1", "import os", "@tables", "remedy_total >"):
        with pytest.raises(WrongQuestion, match="--where"):
            compare(tables, "council", "uphold_rate", wrong)
    with pytest.raises(NothingLeft, match=r"18 outside --where\); ask for less\."):
        compare(tables, "council", "uphold_rate", "year == 1900")


def test_wrong_names(tables):
    with pytest.raises(WrongQuestion, match="no grouping mayor; give one of council, "):
        compare(tables, "mayor", "uphold_rate")
    with pytest.raises(WrongQuestion, match="no measure luck; give one of remedy_total, "):
        compare(tables, "council", "luck")


# --- the statistics --------------------------------------------------------------------------------------------


def tail(n, p, of):
    return sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in of)


@pytest.mark.parametrize("target", [0.05, 0.3, 0.72, 0.99])
def test_outside_a_funnel_is_where_the_tail_is_thin(target):
    for n in (1, 2, 7, 30, 120):
        for k in range(n + 1):
            above, below = tail(n, target, range(k, n + 1)), tail(n, target, range(k + 1))
            expected = "inside"
            for side, share in (("above", above), ("below", below)):
                if share < 0.025:
                    expected = f"{side} {'99.8' if share < 0.001 else '95'}"
            assert funnel_place(k / n, n, target) == expected, (n, k)


def test_funnel_narrows_and_holds_the_target():
    limits = funnel_limits(np.array([10, 100, 1000, 100_000]), 0.6)
    assert (limits.low998 <= limits.low95).all() and (limits.high95 <= limits.high998).all()
    assert (limits.low95 < 0.6).all() and (limits.high95 > 0.6).all()
    assert (np.diff(limits.high95 - limits.low95) < 0).all()
    # Large groups: the normal distribution's limits.
    assert limits.high95[-1] == pytest.approx(0.6 + 1.96 * math.sqrt(0.24 / 100_000), abs=1e-4)
    assert funnel_place(1.0, 5, 1.0) == "inside" and funnel_place(0.0, 5, 0.0) == "inside"


def test_rate_interval_leaves_a_tail_of_2_5_per_cent_each():
    low, high = rate_interval(7, 50)
    assert tail(50, low, range(7, 51)) == pytest.approx(0.025)
    assert tail(50, high, range(8)) == pytest.approx(0.025)


def test_median_interval_is_by_order_statistics():
    assert all(map(math.isnan, median_interval([1, 2, 3, 4, 5])))
    # 20 values: the 6th and the 15th; outside with 2 * P(5 or fewer of 20 below the median), 4.1 per cent.
    assert median_interval(range(1, 21)) == (6, 15)
    assert 2 * tail(20, 0.5, range(6)) < 0.05 < 2 * tail(20, 0.5, range(7))


# --- the command -----------------------------------------------------------------------------------------------


def test_table_in_the_terminal(out):
    result = ombudsman("compare", out, "--by", "council_type", "--measure", "uphold_rate")
    assert result.exit_code == 0 and "\x1b" not in result.output
    line = next(line for line in result.output.splitlines() if "london borough*" in line)
    assert line.split() == ["london", "borough*", "2", "50%", "1%", "–", "99%", "1", "50%", "inside"]
    assert "Left out: 2 without council type; 1 closed after initial enquiries." in result.output


def test_a_narrow_terminal_drops_columns_not_digits(tables):
    found, file = compare(tables, "council", "remedy_total"), io.StringIO()
    show.comparison(found, Console(file=file, width=70))
    text = file.getvalue()
    assert "Too narrow for: quartiles, per 100,000, left out, 95% interval; widen the terminal, or write --csv." in (
        " ".join(text.split())
    )
    assert "£5,136.40" in text and "…" not in text and "South Hams District Council*" in text


def test_files(out, tmp_path):
    names = [tmp_path / f"found.{kind}" for kind in ("csv", "parquet", "png", "svg")]
    options = ["--by", "region", "--measure", "payment_rate", "--csv", names[0], "--parquet", names[1], "--plot"]
    for plot in names[2:]:
        assert ombudsman("compare", out, *options, plot).exit_code == 0
    table = pq.read_table(names[1])
    assert all(field.metadata[b"description"] for field in table.schema)
    assert b"Left out:" in table.schema.metadata[b"notes"] and table.schema.metadata[b"measure"] == b"payment_rate"
    pd.testing.assert_frame_equal(pd.read_csv(names[0]), table.to_pandas(), check_dtype=False)
    assert names[2].read_bytes().startswith(b"\x89PNG")
    words = " ".join(xml.parse(names[3]).getroot().itertext())
    assert "With a payment, by region" in words and "Left out: 6 without region" in words


def test_plot_draws_what_the_table_says(tables):
    from pipeline.plot import draw

    rates, sums = compare(tables, "council_type", "uphold_rate"), compare(tables, "council_type", "remedy_total")
    dots, funnel = draw(rates).axes
    assert dots.collections[-1].get_offsets()[:, 0].tolist() == rates.groups["rate"].to_list()
    drawn = np.concatenate([c.get_offsets() for c in funnel.collections])
    assert sorted(map(tuple, drawn)) == sorted(zip(rates.groups["n"], rates.groups["rate"], strict=True))
    assert funnel.lines[0].get_ydata().tolist() == funnel_limits(funnel.lines[0].get_xdata(), 13 / 15).low95.tolist()
    (axes,) = draw(sums).axes
    assert axes.collections[-1].get_offsets()[:, 0].tolist() == sums.groups["median"].to_list()


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--by", "mayor"], 2, "There is no grouping mayor"),
        (["--measure", "luck"], 2, "There is no measure luck"),
        (["--where", "luck > 1"], 2, "name 'luck' is not defined"),
        (["--plot", "a.jpg"], 2, "--plot writes .png or .svg; a.jpg is neither."),
        (["--min-decisions", "0"], 2, "'--min-decisions'"),
        (["--where", "year == 1900"], 1, "18 outside --where"),
        (["--csv", "/nowhere/a.csv"], 1, "Error: /nowhere/a.csv cannot be written: "),
        (["--parquet", "/nowhere/a.parquet"], 1, "Error: /nowhere/a.parquet cannot be written: "),
        (["--plot", "/nowhere/a.png"], 1, "Error: /nowhere/a.png cannot be written: "),
    ],
)
def test_errors(out, options, code, said):
    result = ombudsman("compare", out, *options)
    assert result.exit_code == code and said in result.stderr and "Traceback" not in result.output


def test_without_tables_or_matplotlib(out, tmp_path, monkeypatch):
    result = ombudsman("compare", tmp_path)
    assert result.exit_code == 1 and result.stderr.startswith(f"Error: {tmp_path} has no table decisions; ")
    monkeypatch.setitem(__import__("sys").modules, "matplotlib.axes", None)
    monkeypatch.delitem(__import__("sys").modules, "pipeline.plot", raising=False)
    result = ombudsman("compare", out, "--plot", tmp_path / "a.png")
    assert result.exit_code == 1 and "install this project with its extra `plot`" in result.stderr
