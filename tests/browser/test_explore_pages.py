"""The tables in the browser as a reader uses them: facets, sorting, search, a payment followed to its sentence and back."""

import pytest
from access import WIDTHS, barriers


def test_filter_by_facets_then_sort(visit, site, tables):
    page = visit(site)
    page.get_by_role("navigation").get_by_role("link", name="Remedies").click()
    page.wait_for_url("**/remedies")
    page.locator(".facet-info", has_text="kind").get_by_role("link", name="financial_distress").click()
    page.wait_for_url("**kind=financial_distress*")
    remedies = tables.remedies[tables.remedies["kind"] == "financial_distress"]
    assert page.locator("h3").first.inner_text().startswith(f"{len(remedies)} rows where kind = ")
    page.locator("th.col-amount > a").click()
    page.wait_for_url("**_sort=amount*")
    page.locator("th.col-amount > a").click()
    page.wait_for_url("**_sort_desc=amount*")
    sums = [cell for cell in page.locator("td.col-amount").all_inner_texts() if cell.strip()]
    amounts = [float(cell.replace("£", "").replace(",", "")) for cell in sums]
    assert amounts == sorted((float(a) for a in remedies["amount"].dropna()), reverse=True)


def test_follow_a_payment_to_its_sentence_and_back(visit, site, tables):
    page = visit(f"{site}/ombudsman/remedies?decision_id=22-014-117&kind=financial_loss_of_service")
    quote = tables.find("22-014-117")["remedies"][2]["quote"]
    page.get_by_role("link", name=quote).click()
    page.wait_for_url(f"{site}/ombudsman/decisions/22-014-117#R3-text")
    tag = page.locator("#R3-text")
    assert tag.evaluate("tag => tag.matches(':target') && getComputedStyle(tag).outlineStyle") == "solid"
    assert 0 <= tag.bounding_box()["y"] < 900
    assert tag.locator("+ mark").inner_text() == quote
    assert page.locator("#p29").is_visible()
    tag.click()
    page.wait_for_url("**#R3")
    row = page.locator("tr#R3")
    assert 0 <= row.bounding_box()["y"] < 900
    assert "financial loss of service £375" in row.inner_text()
    row.get_by_role("link", name="R3, its row of the table").click()
    page.wait_for_url(f"{site}/ombudsman/remedies/22-014-117,3")
    assert "£375" in page.locator("td.col-amount").inner_text()


def test_search(visit, site):
    page = visit(site)
    page.get_by_label("Search the texts").fill('"speech and language therapy"')
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?words=*")
    assert page.get_by_role("status").inner_text().startswith("1 decision, best first")
    assert page.locator(".found mark").first.inner_text().lower().startswith("speech")
    page.get_by_role("link", name="22-014-117").click()
    page.wait_for_url("**/decisions/22-014-117")
    assert page.locator("h1").inner_text().startswith("Sheffield City Council")
    assert "speech and language therapy" in page.locator("article").inner_text()


def test_search_within_facets(visit, site):
    page = visit(f"{site}/ombudsman/decisions")
    page.get_by_label("Search:").fill("therapy")
    page.keyboard.press("Enter")
    page.wait_for_url("**_search=therapy*")
    assert "22-014-117" in page.locator("table.rows-and-columns").inner_text()
    assert page.locator("table.rows-and-columns tbody tr").count() < 18


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize(
    "address", ["/", "/ombudsman/search?words=fault", "/ombudsman/decisions/22-014-117", "/ombudsman/remedies"]
)
def test_it_fits(visit, site, address, width):
    page = visit(site + address, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard(visit, site):
    page = visit(f"{site}/ombudsman/decisions/22-014-117")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_url("**#content")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.locator("#R3-text").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#R3")


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/ombudsman", "/ombudsman/search?words=fault", "/ombudsman/remedies?kind=apology"),
        *("/ombudsman/decisions/22-014-117", "/ombudsman/remedies/22-014-117,3"),
    ],
)
def test_no_barriers(visit, site, address):
    assert barriers(visit(site + address)) == []


def test_text_of_a_decision_is_text(visit, hostile_site):
    page = visit(f"{hostile_site}/ombudsman/decisions/22-111-222")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    assert "<script>alert(1)</script>" in page.locator("article").inner_text()
    page.goto(f"{hostile_site}/ombudsman/files")
    assert "<script>b.txt" in page.locator("table.rows-and-columns").inner_text()
