"""What the browser's tests share: Debian's chromium, and pages that fail the test where something goes wrong in them."""

import os
import re
import shutil
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from pipeline import load

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
FLAGS = [
    # As root there is no sandbox; the rest keeps the browser itself from the network.
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="make test-browser installs it")
    if not CHROMIUM:
        pytest.fail("There is no chromium; `make test-browser` installs it.")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser):
    """A function: address, width -> the page there. After the test: no error was logged, nothing left this machine."""
    faults, asked, contexts = [], [], []

    def get(address, width=1280):
        context = browser.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("requestfailed", lambda request: faults.append(f"{request.url} failed"))
        page.goto(address)
        return page

    yield get
    for context in contexts:
        context.close()
    assert asked and [url for url in asked if not _here(url)] == []
    assert faults == []


def _here(url):
    return urlsplit(url).scheme in ("file", "data", "blob") or urlsplit(url).hostname == "127.0.0.1"


@pytest.fixture(scope="session")
def report_page(extracted, tmp_path_factory):
    """The address of the report of data/raw, opened from disk."""
    return _report(extracted("raw")[1], tmp_path_factory)


@pytest.fixture(scope="session")
def gold(extracted):
    """The tables of tests/gold: groups enough for plots, rows for several pages."""
    return load(extracted("gold")[1])


@pytest.fixture(scope="session")
def gold_report(gold, tmp_path_factory):
    return _report(gold.folder, tmp_path_factory)


@pytest.fixture(scope="session")
def hostile_report(hostile, tmp_path_factory):
    return _report(hostile, tmp_path_factory)


def _report(out, tmp_path_factory):
    to = tmp_path_factory.mktemp("report") / "report.html"
    subprocess.run([sys.executable, "-m", "pipeline.cli", "report", out, "--to", to], check=True, timeout=120)
    return to.as_uri()


@pytest.fixture(scope="session")
def site(extracted):
    yield from _served(extracted("raw")[1])


@pytest.fixture(scope="session")
def hostile_site(hostile):
    yield from _served(hostile)


def _served(out):
    """The address at which `ombudsman explore` shows the tables."""
    line = [sys.executable, "-m", "pipeline.cli", "explore", str(out), "--port", "0"]
    server = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
    try:
        yield re.match(r"http://127\.0\.0\.1:\d+", server.stdout.readline())[0]
        server.terminate()
        server.wait(15)
    finally:
        server.kill()
