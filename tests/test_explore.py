"""`ombudsman explore`: the database holds what the tables hold, its pages show it, and nothing is written or changed."""

import asyncio
import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
from html import unescape

import pytest
import sqlite_utils
from made_up import HOSTILE
from typer.testing import CliRunner

from pipeline import cli, explore, load
from pipeline import tables as schemas


@pytest.fixture(scope="module")
def path(tables, tmp_path_factory):
    path = tmp_path_factory.mktemp("database") / "ombudsman.db"
    explore.build(tables, path)
    return path


@pytest.fixture(scope="module")
def database(path):
    return sqlite_utils.Database(path)


class Site:
    """Pages of the application, without a server."""

    def __init__(self, tables, path):
        self.application = explore.application(tables, path)

    def get(self, address):
        return asyncio.run(self.application.client.get(address))

    def text(self, address):
        response = self.get(address)
        assert response.status_code == 200, address
        return response.text


@pytest.fixture(scope="module")
def site(tables, path):
    return Site(tables, path)


# --- the database ----------------------------------------------------------------------------------------------


def test_every_row_and_value_is_there(tables, database):
    for name in schemas.TABLES:
        frame = getattr(tables, name)
        rows = list(database[name].rows)
        assert len(rows) == len(frame) > 0
        assert {f.name for f in schemas.TABLES[name]} - set(schemas.ITEMS) <= set(rows[0])
    total = database.execute("select sum(remedy_total) from decisions").fetchone()[0]
    assert round(total, 2) == float(tables.decisions["remedy_total"].sum())
    payment = database["remedies"].get(("22-014-117", 2))
    assert (payment["amount"], payment["units"], payment["deadline_date"]) == (2400.0, 2, "2023-05-14")
    assert (payment["council"], payment["year"]) == ("Sheffield City Council", 2023)
    assert {type(year) for (year,) in database.execute("select year from remedies")} <= {int, type(None)}


def test_offsets_hold_in_the_database(database):
    for name in schemas.ITEMS:
        for quote, words in database.execute(
            f"select quote, substr(text, start + 1, end - start) from {name} join texts using (decision_id)"
        ):
            assert quote == words


def test_categories_count_together(database):
    names = [name for (name,) in database.execute("select distinct category from decisions where category is not null")]
    assert len(names) == len({name.casefold() for name in names})


def test_the_index_over_texts_serves_decisions_too(database):
    pairs = database.execute("select d.decision_id, t.decision_id from decisions d join texts t on d.rowid = t.rowid")
    assert all(one == other for one, other in pairs)


# --- its pages -------------------------------------------------------------------------------------------------


def test_every_table_as_page_json_and_csv(site, tables):
    for name in schemas.TABLES:
        assert "<table" in site.text(f"/ombudsman/{name}")
        assert len(site.get(f"/ombudsman/{name}.json?_shape=array&_size=max").json()) == len(getattr(tables, name))
        assert site.text(f"/ombudsman/{name}.csv?_size=max").startswith(schemas.TABLES[name].names[0])


@pytest.mark.parametrize(
    ("table", "facets"),
    [
        ("decisions", {"council", "category", "outcome", "year", "remedy_total_complete", "warnings"}),
        ("remedies", {"kind", "status", "council", "category", "outcome", "year", "warnings"}),
        ("procedural_improvements", {"kind", "status", "council", "category", "outcome", "year", "warnings"}),
    ],
)
def test_facets(site, tables, table, facets):
    found = site.get(f"/ombudsman/{table}.json").json()["facet_results"]
    assert set(found) == facets
    outcomes = {v["value"]: v["count"] for v in found["outcome"]["results"]}
    assert sum(outcomes.values()) == len(getattr(tables, table))


def test_search(site):
    found = site.get("/ombudsman/search.json?words=apologise&_shape=array").json()
    assert found and all("⟦apolog" in row["words"].lower() for row in found)
    page = site.text("/ombudsman/search?words=apologise")
    assert f"{len(found)} decisions, best first" in page and "<mark>apolog" in page.lower()
    assert f'href="/ombudsman/decisions/{found[0]["decision_id"]}"' in page
    phrase = site.get('/ombudsman/search.json?words="speech+and+language+therapy"&_shape=array').json()
    assert [row["decision_id"] for row in phrase] == ["22-014-117"]
    assert len(site.get("/ombudsman/decisions.json?_search=therapy&_shape=array").json()) >= len(phrase)


@pytest.mark.parametrize("words", ["", '"', "AND", "(", "zzzzz", "a* OR", "-"])
def test_search_for_anything(site, words):
    assert (
        site.get(
            "/ombudsman/search",
        ).status_code
        == 200
    )
    response = asyncio.run(site.application.client.get("/ombudsman/search", params={"words": words}))
    assert response.status_code == 200 and "message-error" not in response.text


def test_each_mark_leads_to_its_row_and_back(site, tables):
    for decision_id in tables.decisions["decision_id"]:
        page, record = site.text(f"/ombudsman/decisions/{decision_id}"), tables.find(decision_id)
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
        for letter, (table, fields) in zip("FRI", schemas.ITEMS.items(), strict=True):
            for item in record[table]:
                name = f"{letter}{item[fields[0].name]}"
                assert f'<tr id="{name}">' in page and f'id="{name}-text" href="#{name}"' in page
                assert f'href="/ombudsman/{table}/{decision_id},{name[1:]}"' in page


def test_the_words_of_a_mark_stand_behind_it(site, tables):
    page = site.text("/ombudsman/decisions/22-014-117")
    words = re.search(r'id="R3-text"[^>]*>R3</a><mark class="R">([^<]+)</mark>', page)[1]
    assert unescape(words) == tables.find("22-014-117")["remedies"][2]["quote"]


def test_a_quote_leads_to_its_place(site):
    assert 'href="/ombudsman/decisions/22-014-117#R3-text"' in site.text("/ombudsman/remedies?decision_id=22-014-117")
    assert 'href="/ombudsman/decisions/22-014-117#R3-text"' in site.text("/ombudsman/remedies/22-014-117,3")


def test_warnings_and_parts_are_told(site, tables):
    part = tables.decisions.loc[~tables.decisions["remedy_total_complete"], "decision_id"].iloc[0]
    assert "and payments with no figure" in site.text(f"/ombudsman/decisions/{part}")
    assert "Only a part: some payment has no figure" in site.text("/ombudsman/decisions")
    warned = tables.decisions.loc[tables.decisions["warnings"].list.len() > 0, "decision_id"].iloc[0]
    assert 'class="check"' in site.text(f"/ombudsman/decisions/{warned}")
    remedy = tables.remedies[tables.remedies["warnings"].list.len() > 0].iloc[0]
    assert "to check: purpose not said" in site.text(f"/ombudsman/decisions/{remedy['decision_id']}")


def test_no_such_decision(site):
    assert site.get("/ombudsman/decisions/99-999-999").status_code == 404


def test_every_page_names_the_source_and_loads_nothing_else(site):
    for address in ("/", "/ombudsman", "/ombudsman/decisions", "/ombudsman/decisions/22-014-117", "/ombudsman/search"):
        page = site.text(address)
        assert "Local Government and Social Care Ombudsman</a>: name it as the source" in page
        assert '<html lang="en">' in page and page.count("<h1") == 1
        loaded = re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="([^"]+)"', page)
        assert loaded and not [a for a in loaded if "//" in a.replace("http://localhost", "")]


def test_text_is_escaped(hostile, tmp_path):
    tables = load(hostile)
    explore.build(tables, tmp_path / "ombudsman.db")
    site = Site(tables, tmp_path / "ombudsman.db")
    decision_id = tables.decisions["decision_id"].iloc[0]
    for address in (
        *("/ombudsman/decisions", "/ombudsman/remedies", "/ombudsman/texts", "/ombudsman/files"),
        *(f"/ombudsman/decisions/{decision_id}", "/ombudsman/search?words=alert"),
    ):
        page = site.text(address)
        assert "<img" not in page and "<script>alert" not in page and "<script>b.txt" not in page
    assert HOSTILE in unescape(
        re.sub(r"</?mark[^>]*>|<a [^>]*>\w+</a>", "", site.text(f"/ombudsman/decisions/{decision_id}"))
    )


def test_it_is_read_only(site):
    assert site.get("/-/databases.json").json()[0]["is_mutable"] is False
    assert site.get("/ombudsman.json?sql=delete+from+decisions").status_code == 400
    assert site.get("/ombudsman.json?sql=attach+'x'+as+y").status_code == 400


# --- the command -----------------------------------------------------------------------------------------------


def snapshot(folder):
    return {
        str(p): (p.lstat().st_mtime_ns, hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else "")
        for p in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_on_this_machine_alone_and_leaves_nothing(out, tmp_path, end):
    before = snapshot(out)
    server = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "explore", str(out), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    try:
        said = server.stdout.readline()
        port = int(re.match(r"http://127\.0\.0\.1:(\d+)/ shows the tables in ", said)[1])
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"GET /ombudsman/files.json HTTP/1.0\r\n\r\n")
            assert connection.recv(15).startswith(b"HTTP/1.1 200")
        with pytest.raises(OSError):  # the rest of the loopback range is this machine's too, and is not answered
            socket.create_connection(("127.0.0.2", port), timeout=5).close()
        assert len(list(tmp_path.glob("ombudsman-explore-*/ombudsman.db"))) == 1
        server.send_signal(end)
        _, errors = server.communicate(timeout=15)
    finally:
        server.kill()
    assert server.returncode == 0 and errors in ("Making the database …\n", "Making the database …\nEnded.\n")
    assert list(tmp_path.iterdir()) == []
    assert snapshot(out) == before


def test_a_port_in_use(out):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = CliRunner().invoke(cli.app, ["explore", str(out), "--port", str(port)])
    assert result.exit_code == 1
    assert result.stderr.endswith(
        f"\nError: Port {port} is in use; choose another with --port, or any that is free with --port 0.\n"
    )


def test_no_tables(tmp_path):
    result = CliRunner().invoke(cli.app, ["explore", str(tmp_path)])
    assert result.exit_code == 1 and "has no table decisions" in result.stderr
