"""What the tests of both kinds of page ask of them."""

WIDTHS = {"wide": 1280, "narrow": 390}


def barriers(page):
    """What axe-core finds that keeps people out, as rule and element. Datasette's heads are h3 under h1: let be."""
    from axe_playwright_python.sync_playwright import Axe  # only where `make test-browser` has installed it

    found = Axe().run(page).response["violations"]
    return [(v["id"], v["nodes"][0]["html"]) for v in found if v["id"] != "heading-order"]
