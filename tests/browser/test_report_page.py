"""The report as a reader uses it: opened from disk, filtered, sorted, a payment followed to its words."""

import pandas as pd
import pytest
from access import WIDTHS, barriers

from pipeline.compare import compare

ROWS = "#table tbody tr:not(.more)"


def column(page, n):
    return page.locator(f"{ROWS} td:nth-child({n}), {ROWS} th:nth-child({n})").all_inner_texts()


def pounds(cell):
    return float(cell.rstrip("+").replace("£", "").replace(",", ""))


def test_filter(visit, report_page, tables):
    page = visit(report_page)
    decisions = tables.decisions
    assert page.locator(ROWS).count() == len(decisions)
    page.get_by_label("Outcome").select_option("not upheld")
    assert page.locator(ROWS).count() == (decisions["outcome"] == "not_upheld").sum() == 2
    page.get_by_role("button", name="Clear").click()
    page.get_by_label("Search").fill("sheffield")
    page.wait_for_function("document.querySelectorAll('#table tbody tr').length === 2")
    assert set(column(page, 2)) == {"Sheffield City Council"}
    assert page.locator("#count").inner_text().startswith("2 of 18 decisions, remedies £6,843 together, and what 1 of")
    page.get_by_role("button", name="Clear").click()
    page.get_by_label("to check").check()
    items = pd.concat([tables.remedies, tables.procedural_improvements])
    warned = items.loc[items["warnings"].list.len() > 0, "decision_id"]
    wanted = ~decisions["remedy_total_complete"] | (decisions["warnings"].list.len() > 0)
    wanted |= decisions["decision_id"].isin(warned)
    assert page.locator(ROWS).count() == wanted.sum()
    assert all(column(page, 9))
    page.get_by_label("Search").fill("no such words")
    assert page.locator(ROWS).count() == 0 and page.locator("#page").inner_text() == "No rows"


def test_sort(visit, report_page):
    page = visit(report_page)
    dates = [d for d in column(page, 5) if d]
    assert dates == sorted(dates, reverse=True)
    head = page.locator("th", has=page.get_by_role("button", name="Remedy", exact=True))
    for order, reverse in (("descending", True), ("ascending", False)):
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == order
        sums = [pounds(cell) for cell in column(page, 6)]
        assert sums == sorted(sums, reverse=reverse) and len(set(sums)) > 5
    assert page.locator("#table th[aria-sort]").count() == 1
    page.get_by_role("button", name="Body").press("Enter")
    bodies = column(page, 2)
    assert bodies[0] == "Cornwall Council" and bodies[-1] == ""


def test_a_payment_with_the_words_it_was_read_from(visit, report_page, tables):
    page = visit(report_page)
    button = page.get_by_role("button", name="22 014 117")
    button.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    told = page.locator(".more li").all_inner_texts()
    assert told[1].startswith("financial loss of service, £375, paragraph 29: ")
    assert tables.find("22-014-117")["remedies"][2]["quote"] in told[1]
    button.press("Enter")
    assert page.locator(".more").count() == 0


def test_rows_beyond_the_first_page(visit, gold_report, gold):
    page, count = visit(gold_report), len(gold.decisions)
    later, earlier = (page.get_by_role("button", name=f"{name} rows") for name in ("Later", "Earlier"))
    assert page.locator(ROWS).count() == 50 < count and earlier.is_disabled()
    seen = column(page, 1)
    while later.is_enabled():
        later.click()
        seen += column(page, 1)
    assert page.locator("#page").inner_text().endswith(f"to {count} of {count}")
    decisions = gold.decisions
    assert sorted(seen) == sorted(decisions["case_reference"].fillna(decisions["decision_id"]))


def test_plots(visit, gold_report, gold):
    page = visit(gold_report)
    page.wait_for_function("document.documentElement.dataset.plots === '7'")
    found = compare(gold, "council", "uphold_rate")
    plot = page.locator("#uphold-rate-council-dots")
    told = plot.locator(".chart-wrapper").get_attribute("aria-label")
    assert told.startswith(f"Dot plot of {len(found.groups)} groups. Upheld: share")
    points = plot.locator("svg [role=graphics-symbol][aria-label*='95% interval']")
    first = found.groups.iloc[0]
    said = f"{first['group']}{'*' if first['small'] else ''}: n {first['n']}"
    assert points.count() == 30 < len(found.groups)
    assert points.first.get_attribute("aria-label").startswith(said)
    points.first.hover(force=True)
    assert said in page.locator("#vg-tooltip-element.visible").inner_text()
    form = page.locator("form[data-plots^='uphold-rate-council']")
    form.get_by_label("Groups shown").fill("50")
    page.wait_for_function(
        "document.querySelectorAll('#uphold-rate-council-dots svg [aria-label*=\"95% interval\"]').length === 50"
    )
    form.get_by_label("Point out").fill(first["group"].lower())
    page.wait_for_function(
        "[...document.querySelectorAll('#uphold-rate-council-funnel svg [aria-label*=\"95% interval\"]')]"
        ".filter(mark => Number(mark.getAttribute('opacity') ?? 1) === 1).length === 1"
    )


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_it_fits(visit, gold_report, width):
    page = visit(gold_report, width)
    page.wait_for_function("document.documentElement.dataset.plots === '7'")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for plot in page.locator(".plot svg.marks").all():
        assert 200 < plot.bounding_box()["width"] <= width


def test_the_keyboard_reaches_everything(visit, report_page):
    page = visit(report_page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    page.wait_for_url("**#decisions")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "words"
    page.keyboard.type("cornwall")
    assert column(page, 2) == ["Cornwall Council"]


def test_no_barriers(visit, gold_report):
    page = visit(gold_report)
    page.wait_for_function("document.documentElement.dataset.plots === '7'")
    page.locator("details:not(.plot details)").evaluate_all("all => all.forEach(one => { one.open = true })")
    page.locator(ROWS).first.get_by_role("button").click()
    assert barriers(page) == []


def test_text_of_a_decision_is_text(visit, hostile_report):
    page = visit(hostile_report)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.get_by_role("button", name="22 111 222").click()
    assert "<script>alert(1)</script>" in page.locator(".more p").inner_text()
    assert page.locator("#table img").count() == 0
    assert "<script>b.txt" in page.locator("#rejected").inner_text()
