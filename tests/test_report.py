"""`ombudsman report`: one page, complete in itself, whose figures are those of `ombudsman compare` and of the tables."""

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from made_up import HOSTILE
from typer.testing import CliRunner

from pipeline import cli, compare, load, report, view
from pipeline.run import run


class Page(HTMLParser):
    """The elements of a page, its headings in order, the text of its scripts by id, and its visible text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.headings, self.scripts, self.text = [], [], {}, ""
        self._in = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self._in = (tag, dict(attributes).get("id", ""))
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)

    def handle_endtag(self, tag):
        self._in = None

    def handle_data(self, data):
        tag, of = self._in or ("", "")
        if tag == "script":
            self.scripts[of] = self.scripts.get(of, "") + data
        elif tag != "style":
            self.text += data


@pytest.fixture(scope="module")
def html(tables):
    return report.to_html(tables)


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


def test_every_figure_is_that_of_compare(tables, page):
    text = re.sub(r"\s+", " ", page.text)
    for measure, by in report.COMPARISONS:
        found = compare.compare(tables, by, measure)
        heads, rows = view.rows(found)
        assert len(rows) == len(found.groups) + 1
        for row in rows:
            assert re.sub(r"\s+", " ", "".join(row[h] for h in heads)) in text
        for note in found.notes():
            assert note in text


def test_the_plots_hold_those_figures(tables, page):
    plots = json.loads(page.scripts["plots"])
    assert set(plots) == {
        *("uphold-rate-council-dots", "uphold-rate-council-funnel"),
        *("uphold-rate-category-dots", "uphold-rate-category-funnel"),
        *("remedy-total-council-dots", "remedy-total-category-dots", "improvements-kinds"),
    }
    found = compare.compare(tables, "category", "remedy_total").groups
    plot = plots["remedy-total-category-dots"]
    points = next(layer for layer in plot["layer"] if layer["mark"]["type"] == "point")["data"]["name"]
    assert [point["median"] for point in plot["datasets"][points]] == found["median"].to_list()
    assert all(name in plots and plots[name]["description"] for name in plots)
    assert "£" in plots["remedy-total-category-dots"]["description"]


def test_the_table_holds_every_decision_and_its_payments(tables, page):
    rows = {row[0]: row for row in json.loads(page.scripts["data"])["rows"]}
    assert set(rows) == set(tables.decisions["decision_id"])
    assert round(sum(row[6] for row in rows.values()), 2) == float(tables.decisions["remedy_total"].sum())
    assert {i for i, row in rows.items() if not row[7]} == set(
        tables.decisions.loc[~tables.decisions["remedy_total_complete"], "decision_id"]
    )
    sheffield = rows["22-014-117"]
    assert [item[:4] for item in sheffield[11] if item[1] != ""] == [
        ["financial loss of service", "£2,400", "Ms T", 29],
        ["financial loss of service", "£375", "", 29],
        ["financial distress", "£300", "Ms T", 29],
        ["financial quantifiable loss", "£486", "Ms T", 29],
    ]
    assert sheffield[11][3][5] == tables.find("22-014-117")["remedies"][4]["quote"]
    assert {i for i, row in rows.items() if "heading missing" in row[9]} == {"sha256-1a1f4a694a837874"}


def test_it_says_what_was_rejected_and_what_to_check(tables, page):
    rejected = tables.files[tables.files["status"] == "rejected"]
    assert len(rejected) == 2
    for file in rejected.itertuples():
        assert file.path in page.text and file.reason in page.text
    assert "heading missing" in page.text and report.WARNINGS["heading_missing"] in page.text
    incomplete = int((~tables.decisions["remedy_total_complete"]).sum())
    assert ("Totals that are only a part", str(incomplete)) in report._overview(tables)


def test_warnings_of_items_stand_with_their_decision(tables):
    rows = {row[0]: row for row in json.loads(Page(report.to_html(tables)).scripts["data"])["rows"]}
    seen = 0
    for table in ("remedies", "procedural_improvements"):
        items = getattr(tables, table)
        for item in items[items["warnings"].list.len() > 0].itertuples():
            row = rows[item.decision_id]
            told = next(i for i in row[11] if i[5] == item.quote)
            for warning in item.warnings:
                assert view.words(warning) in row[9] and view.words(warning) in told[4]
                assert warning in report.WARNINGS
                seen += 1
    assert seen > 3
    counts = {name: count for name, _, count in report._warnings(tables)}
    remedies = tables.remedies
    unsaid = remedies[[("purpose_not_said" in w) for w in remedies["warnings"]]]
    assert counts["purpose_not_said"] == unsaid["decision_id"].nunique() >= 1


def test_the_most_common_improvements(tables):
    found = report._improvements(tables)
    rows = tables.procedural_improvements
    assert [k["decisions"] for k in found] == sorted((k["decisions"] for k in found), reverse=True)
    assert sum(k["improvements"] for k in found) == len(rows)
    training = next(k for k in found if k["kind"] == "training or guidance")
    assert training["decisions"] == rows[rows["kind"] == "training_or_guidance"]["decision_id"].nunique()
    assert all(quote in set(rows["quote"]) for k in found for quote, *_ in k["quotes"])


def test_every_warning_has_a_meaning():
    stages = Path(report.__file__).with_name("stages").glob("*.py")
    given = {w for path in stages for w in re.findall(r'warnings\.append\("(\w+)"\)', path.read_text("utf-8"))}
    assert len(given) > 5 and {*given, "reference_shared"} <= set(report.WARNINGS)


def test_nothing_is_loaded_from_anywhere(page):
    for tag, attributes in page.elements:
        assert "src" not in attributes
        if tag == "link":
            assert attributes == {"rel": "icon", "href": "data:,"}
    policy = next(a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';") and "http" not in policy


def test_it_is_accessible_in_what_can_be_seen_without_a_browser(page):
    assert next(a for tag, a in page.elements if tag == "html")["lang"] == "en"
    assert page.headings[0] == "h1" and page.headings.count("h1") == 1 and "h2" in page.headings
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    links = [a["href"][1:] for tag, a in page.elements if tag == "a" and a["href"].startswith("#")]
    assert links and set(links) <= set(ids)
    assert all(a["scope"] in ("col", "row") for tag, a in page.elements if tag == "th")


def test_attribution(page):
    foot = page.text[page.text.rindex("The decisions are the work of") :]
    assert "Local Government and Social Care Ombudsman" in foot and "name it as the source" in foot


def test_the_same_tables_give_the_same_page(html, out):
    assert report.to_html(load(out)) == html


def test_text_of_decisions_and_file_names_is_escaped(hostile):
    html = report.to_html(load(hostile))
    html = html.replace(max(re.findall(r"<script>.*?</script>", html, re.S), key=len), "")  # Vega's own code
    assert "alert(1)" in html and "<img" not in html
    assert html.count("<script") == html.count("</script>") == 3
    page = Page(html)
    assert HOSTILE in json.loads(page.scripts["data"])["rows"][0][10]
    assert "<script>b.txt" in page.text


def test_a_corpus_without_a_decision(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("not a decision", "utf-8")
    run(tmp_path / "corpus", tmp_path / "out", worker_count=1)
    page = Page(report.to_html(load(tmp_path / "out")))
    assert "No decision in" in page.text and "No decision has one." in page.text
    assert json.loads(page.scripts["data"]) == {"rows": []}


def test_the_command(out, tmp_path):
    to = tmp_path / "r.html"
    result = CliRunner().invoke(cli.app, ["report", str(out), "--to", str(to)])
    assert result.exit_code == 0 and result.output == f"{to} is written: open it in a browser.\n"
    assert to.read_text("utf-8").startswith("<!doctype html>")


def test_errors(out, tmp_path):
    result = CliRunner().invoke(cli.app, ["report", str(tmp_path)])
    assert result.exit_code == 1 and "has no table decisions" in result.stderr
    result = CliRunner().invoke(cli.app, ["report", str(out), "--to", str(tmp_path)])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {tmp_path} cannot be written: ") and result.stderr.count("\n") == 1


@pytest.mark.parametrize(("command", "library"), [("report", "altair"), ("explore", "datasette")])
def test_without_its_extra(command, library, out, monkeypatch):
    import pipeline

    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, f"pipeline.{command}", raising=False)
    monkeypatch.delattr(pipeline, command, raising=False)
    result = CliRunner().invoke(cli.app, [command, str(out)])
    assert result.exit_code == 1
    assert result.stderr.endswith(
        f"Error: {library} is not installed; install this project with its extra `{command}`.\n"
    )


def test_the_page_is_small(html):
    assert len(html) < 1_500_000
