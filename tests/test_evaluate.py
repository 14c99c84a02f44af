"""Figures against labels: agreement with the scorer that decides, intervals, misses and how they are shown."""

import json
import random
import shutil
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lxml import html
from typer.testing import CliRunner

from pipeline import label
from pipeline.cli import app
from pipeline.evaluate import LISTS, Evaluation, EvaluationError, Figure, Miss, Place, evaluate, likeness, pairs_of
from pipeline.run import run

GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="session")
def score(shared_program):
    """The scorer's own function: (labels, tables) -> (figures, misses)."""
    return shared_program("score").score


@pytest.fixture(scope="session")
def few(tmp_path_factory):
    """Six labelled decisions, two a set."""
    folder = tmp_path_factory.mktemp("few")
    for at in ("set1", "set2", "set3"):
        for path in sorted((GOLD / at).glob("*.gold.json"))[:2]:
            stem = path.name.removesuffix(".gold.json")
            for file in (path, path.with_name(f"{stem}.txt")):
                shutil.copy(file, folder)
    return folder


@pytest.fixture(scope="session")
def tables(few, tmp_path_factory):
    out = tmp_path_factory.mktemp("tables") / "out"
    run(few, out, worker_count=1)
    return out


def same(evaluation, scored):
    figures, misses = scored
    assert {name: figure.row() for name, figure in evaluation.figures.items()} == figures
    assert sorted(m.decision for m in evaluation.misses) == sorted(m.split(":")[0] for m in misses)


@pytest.mark.parametrize("name", ["shared", "gold"])
def test_agrees_with_the_scorer(score, extracted, name):
    gold, tables = extracted(name)
    same(evaluate(gold, tables), score(gold, tables))


@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_the_scorer_on_bad_tables(score, few, tables, tmp_path, seed):
    spoil(tables, tmp_path, random.Random(seed))
    same(evaluate(few, tmp_path), score(few, tmp_path))


def spoil(tables, out, chance):
    """Tables with rows left out, said twice, and wrong in every field; half of them as part files in a folder."""
    decisions = pq.read_table(tables / "decisions.parquet").to_pylist()
    pool = {column: [d[column] for d in decisions] + [None] for column in decisions[0]}
    for row in decisions:
        for column in ("council", "decision_date", "fault_found", "injustice_found", "remedy_total"):
            if chance.random() < 0.2:
                row[column] = chance.choice(pool[column])
    write(out, "decisions", [d for d in decisions if chance.random() < 0.9] or decisions, tables, chance)
    for name in LISTS:
        rows = pq.read_table(tables / f"{name}.parquet").to_pylist()
        columns = [c for c in ("fault", "part", "kind", "status", "deadline", "recipient", "amount") if c in rows[0]]
        changed = []
        for row in rows:
            for column in columns:
                if chance.random() < 0.15:
                    row[column] = chance.choice([r[column] for r in rows])
            if "amount" in row and chance.random() < 0.2:
                row |= {"unit_amount": Decimal("50.00"), "units": 2, "unit": chance.choice(["the Month", "child"])}
            words = row["quote"].split()
            row["quote"] = " ".join(words[chance.randrange(len(words)) :]) if chance.random() < 0.3 else row["quote"]
            changed += [row] * chance.choice([0, 1, 1, 1, 1, 2])
        chance.shuffle(changed)
        write(out, name, changed, tables, chance)


def write(out, name, rows, tables, chance):
    schema = pq.read_schema(tables / f"{name}.parquet")
    schema = pa.schema([pa.field(f.name, plain(f.type)) for f in schema if not pa.types.is_list(f.type)])
    path = out / f"{name}.parquet"
    if chance.random() < 0.5:
        (out / name).mkdir()
        path = out / name / "part-0.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)


def plain(kind):
    return pa.string() if pa.types.is_dictionary(kind) else kind


# --- figures -------------------------------------------------------------------------------------------------------


def test_extracts_or_takes_tables(few, tables):
    assert evaluate(few).to_json() == evaluate(few, tables).to_json()


def test_intervals_hold_the_figure_and_are_the_same_each_time(few, tables):
    first, second = evaluate(few, tables), evaluate(few, tables)
    assert first.decisions == 6 and first.to_json() == second.to_json()
    for figure in first.figures.values():
        low, high = figure.interval
        assert 0 <= low <= round(figure.score, 4) <= high <= 1, figure


def test_shares_of_nothing():
    assert Figure("x", 0, 0, 0).row() == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 0}
    assert Figure("x", 0, 0, 3).row() == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "gold": 3}
    assert Figure("x", 0, 2, 0).row() == {"precision": 0.0, "recall": 1.0, "f1": 0.0, "gold": 0}
    assert Figure("x", 0, None, 0).row() == {"accuracy": 1.0, "gold": 0}


def test_likeness():
    assert likeness("Pay Mr X £1,500", "pay mr x £1,500.") == 1
    assert likeness("Pay £1,500", "Pay £1,600") == 0.5
    assert likeness("", "") == likeness("a", "b") == 0


def test_pairs_are_one_to_one_and_the_likest_first():
    table = {("a", "x"): 0.7, ("a", "y"): 0.9, ("b", "y"): 0.95, ("b", "x"): 0.1}
    assert pairs_of(["a", "b"], ["x", "y"], lambda g, f: table[g, f], 0.5) == [(1, 1), (0, 0)]
    assert pairs_of(["a"], ["x", "y"], lambda g, f: 0.5, 0.5) == [(0, 0)]
    assert pairs_of(["a"], ["x"], lambda g, f: 0.49, 0.5) == []


def test_drafts_are_all_right_and_named_as_drafts(few, tmp_path):
    for path in few.glob("*.txt"):
        shutil.copy(path, tmp_path)
        label.write(tmp_path / path.name)
    found = evaluate(tmp_path)
    assert found.misses == [] and all(figure.score == 1 for figure in found.figures.values())
    assert len(found.drafts) == 6 and "draft" in found.warnings()[0]


# --- misses --------------------------------------------------------------------------------------------------------


OTHER_STATUS = ("agreed", "already_done")


@pytest.fixture
def wrong(few, tables, tmp_path):
    """An evaluation of one decision whose label says otherwise in known ways, and that label."""
    path = sorted(few.glob("*.gold.json"))[0]
    text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text()
    gold = label.draft(text, "x") | {"draft": False}
    assert gold["fault_findings"] and gold["remedies"]
    gold["fault_findings"][0]["fault"] = not gold["fault_findings"][0]["fault"]
    gold["remedies"][0]["status"] = OTHER_STATUS[gold["remedies"][0]["status"] == "agreed"]
    gold["header"]["council"] = "Another Council"
    (tmp_path / path.name).write_text(json.dumps(gold))
    return evaluate(tmp_path, tables), gold


def test_a_miss_names_sentence_values_and_rule(wrong):
    evaluation, gold = wrong
    by_kind = evaluation.by_kind()
    assert set(by_kind) >= {"finding polarity", "heading.council"}
    (miss,) = by_kind["finding polarity"]
    finding = gold["fault_findings"][0]
    assert (miss.expected, miss.got) == (str(finding["fault"]), str(not finding["fault"]))
    assert finding["quote"] in miss.sentence and miss.rule.startswith("finding.")
    (place,) = miss.places
    assert {place.paragraph[a:b] for a, b, _ in place.marks} == {finding["quote"]}
    assert {marked for _, marked in place.pieces() if marked} == {"expected came"}
    status = next(m for kind, group in by_kind.items() if kind.endswith(".status") for m in group)
    assert status.expected == gold["remedies"][0]["status"] != status.got
    assert status.rule.startswith(("action.", "payment."))
    (council,) = by_kind["heading.council"]
    assert council.rule is None and council.places[0].marks[0][2] == "came"


def test_text_and_json_hold_every_miss(wrong):
    evaluation, _ = wrong
    data = json.loads(evaluation.to_json())
    assert len(data["misses"]) == len(evaluation.misses) > 2
    assert set(data["misses"][0]) == {"decision", "field", "kind", "sentence", "expected", "got", "rule"}
    assert "misses" not in json.loads(evaluation.to_json(misses=False))
    assert "== finding polarity: 1" in evaluation.to_text()
    assert "==" not in evaluation.to_text(misses=False)


def test_missed_and_extra_items_say_what_is_there_instead(few, tables, tmp_path):
    path = sorted(few.glob("*.gold.json"))[0]
    text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text()
    gold = label.draft(text, "x")
    moved = gold["remedies"].pop(0)
    gold["procedural_improvements"].append(
        {"kind": "procedure_or_policy", "quote": moved["quote"], "status": "agreed", "deadline": None}
    )
    (tmp_path / path.name).write_text(json.dumps(gold))
    kinds = evaluate(tmp_path, tables).by_kind()
    (missed,) = kinds["improvement missed"]
    assert missed.expected == "procedure_or_policy" and moved["kind"] in missed.got and missed.rule
    (extra,) = kinds["remedy not one" if not moved["kind"].startswith("financial") else "payment not one"]
    assert "procedure_or_policy" in extra.expected and extra.got.startswith(moved["kind"])


def test_page_is_escaped_and_marked():
    evil = 'a <script>alert("&")</script> b'
    places = [Place("<i>", evil, [(2, 10, "expected"), (4, 14, "came")])]
    misses = [
        Miss(evil, "payments", "payment missed", evil, None, evil, evil, places),
        Miss("y", "outcome", "outcome", "upheld", "other"),
    ]
    figures = {"payments": Figure("payments", 0, 0, 1, (0.0, 0.5)), "outcome": Figure("outcome", 0, None, 1)}
    page = Evaluation(Path("<gold>"), 2, figures, misses, ["<d>"], ["<f>"]).to_html()
    tree = html.fromstring(page)
    assert not tree.xpath("//script | //link | //img | //i | //d | //f") and "http" not in page
    assert tree.xpath("string(//blockquote)") == evil
    marks = [(mark.get("class"), mark.text) for mark in tree.xpath("//blockquote/mark")]
    assert marks == [("expected", evil[2:4]), ("expected came", evil[4:10]), ("came", evil[10:14])]
    assert [h.text for h in tree.xpath("//h2")] == ["outcome (1)", "payment missed (1)"]


# --- what cannot be evaluated --------------------------------------------------------------------------------------


def test_a_file_that_is_rejected_is_missed_with_the_reason(few, tmp_path):
    path = sorted(few.glob("*.gold.json"))[0]
    shutil.copy(path, tmp_path / "x.gold.json")
    (tmp_path / "x.txt").write_bytes(b"")
    found = evaluate(tmp_path)
    assert found.figures["extracted"].score == 0 and found.figures["fault_findings"].recall == 0
    assert found.by_kind()["extracted"][0].got == "It is empty."


def test_label_that_breaks_the_rules_is_warned_of(few, tables, tmp_path):
    path = sorted(few.glob("*.gold.json"))[0]
    gold = json.loads(path.read_text())
    gold["fault_findings"][0]["quote"] = "This is not in the text."
    (tmp_path / path.name).write_text(json.dumps(gold))
    shutil.copy(path.with_name(path.name.replace(".gold.json", ".txt")), tmp_path)
    (warning,) = evaluate(tmp_path, tables).warnings()
    assert path.name in warning and "is not in the text" in warning


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"header": {}}', '{"header": {"council": 1}, "outcome": 2}'])
def test_label_without_the_form(few, tables, tmp_path, content):
    (tmp_path / "x.gold.json").write_text(content)
    with pytest.raises(EvaluationError, match=r"x\.gold\.json .*mend it"):
        evaluate(tmp_path, tables)


def ombudsman(*args):
    return CliRunner().invoke(app, [str(a) for a in args])


def test_command(few, tables, tmp_path):
    result = ombudsman("evaluate", few, "--tables", tables, "--html", tmp_path / "page.html")
    assert result.exit_code == 0 and "fault_findings" in result.stdout and "6 decisions" in result.stdout
    assert (tmp_path / "page.html").read_text().startswith("<!doctype html>")
    assert json.loads(ombudsman("evaluate", few, "--tables", tables, "--json").stdout)["decisions"] == 6


def test_command_fails_in_one_sentence(few, tables, tmp_path):
    for args in (
        [tmp_path / "gone"],
        [tmp_path],
        [few, "--tables", tmp_path],
        [few, "--tables", tables, "--html", tmp_path / "gone" / "x.html"],
    ):
        result = ombudsman("evaluate", *args)
        assert result.exit_code == 1 and result.stdout == ""
        assert result.stderr.startswith("Error: ") and result.stderr.count("\n") == 1
    assert ombudsman("evaluate").exit_code == 2
