"""A run on a Dask cluster of two worker processes: the rows of a local run, from a folder and from S3, whatever dies."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

from distributed import Client, LocalCluster
from typer.testing import CliRunner

from pipeline import cluster, tables
from pipeline.cli import app
from pipeline.run import RunError, run

RAW = Path(__file__).parent.parent / "data" / "raw"
STAND_IN = Path(__file__).parent / "fixtures" / "run"


@pytest.fixture(scope="module")
def scheduler(s3):
    """A cluster on the real stages; its workers know the S3 server."""
    with _cluster() as local:
        yield local.scheduler_address


def _cluster(**more):
    return LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50, **more)


@pytest.fixture
def stand_in(monkeypatch, request):
    """A cluster on the stand-in for the stages, which can misbehave. Parameter: how many workers a task may lose."""
    import dask

    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(STAND_IN), str(Path(__file__).parent.parent)]))
    monkeypatch.syspath_prepend(STAND_IN)  # spawned processes get this one's path
    # without one a single death is enough: a test need not lose four workers to every file
    allowed = getattr(request, "param", 0)
    with dask.config.set({"distributed.scheduler.allowed-failures": allowed}), _cluster() as local:
        yield local


@pytest.fixture(scope="module")
def s3():
    """An S3 server on loopback, with a bucket; the workers take its address from the environment."""
    server_of = pytest.importorskip("moto.server")
    before = dict(os.environ)
    server = server_of.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }
    import fsspec

    fs = fsspec.filesystem("s3", skip_instance_cache=True)
    fs.mkdir("bucket")
    yield fs
    server.stop()
    os.environ.clear()
    os.environ |= before


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """The example decisions and what object stores have no notion of."""
    folder = tmp_path_factory.mktemp("corpus")
    for path in RAW.rglob("*"):
        if path.is_file():
            (folder / path.relative_to(RAW)).parent.mkdir(parents=True, exist_ok=True)
            (folder / path.relative_to(RAW)).write_bytes(path.read_bytes())
    (folder / "named.txt" / ".hidden").mkdir(parents=True)
    (folder / "named.txt" / ".hidden" / "a.txt").write_text("hidden")
    return folder


@pytest.fixture(scope="module")
def local(corpus, tmp_path_factory):
    """The folder of a local run's tables."""
    out = tmp_path_factory.mktemp("local")
    run(corpus, out, worker_count=1)
    return out


@pytest.fixture(scope="module")
def expected(local):
    """Every table of a local run."""
    return {name: pq.read_table(local / f"{name}.parquet").to_pylist() for name in tables.TABLES}


def read(out):
    return {name: cluster.table(str(out), name).to_pylist() for name in tables.TABLES}


def small_batches(monkeypatch):
    monkeypatch.setattr("pipeline.cluster._USUAL_FILES", 4)
    monkeypatch.setattr("pipeline.run._GROUP_DECISIONS", 7)


def test_the_rows_of_a_local_run(scheduler, corpus, expected, tmp_path, monkeypatch):
    small_batches(monkeypatch)
    seen = []
    report = cluster.extract(
        str(corpus), str(tmp_path), scheduler=scheduler, progress=lambda done, total: seen.append((done, total))
    )
    assert read(tmp_path) == expected
    assert report.rows == {name: len(rows) for name, rows in expected.items()}
    assert seen == sorted(seen) and seen[-1][0] == seen[-1][1] == len(expected["files"])
    # plain readers see the same, in the same order, from more than one part file
    assert len(list((tmp_path / "decisions").glob("*.parquet"))) == 3
    assert pq.read_table(tmp_path / "remedies").to_pylist() == expected["remedies"]
    schemas = [pq.read_schema(path) for path in tmp_path.glob("*/*.parquet")]
    assert {schema.metadata[b"run_id"].decode() for schema in schemas} == {report.run_id}


def test_only_what_changed_is_extracted_again(scheduler, corpus, tmp_path, monkeypatch):
    small_batches(monkeypatch)
    here = tmp_path / "corpus"
    here.mkdir()
    for path in RAW.rglob("*.txt"):
        (here / path.name).write_bytes(path.read_bytes())
    out = str(tmp_path / "out")
    first = cluster.extract(str(here), out, scheduler=scheduler)
    assert first.extracted == first.files["extracted"] + first.files["duplicate"] + first.files["rejected"]
    assert cluster.extract(str(here), out, scheduler=scheduler).extracted == 0
    (here / "00-000-000.txt").write_bytes((here / "18-020-175.txt").read_bytes().replace(b"18 020 175", b"00 000 000"))
    (here / "15-012-609.txt").unlink()
    report = cluster.extract(str(here), out, scheduler=scheduler)
    assert 0 < report.extracted < first.extracted
    run(here, tmp_path / "fresh", worker_count=1)
    assert read(out)["decisions"] == pq.read_table(tmp_path / "fresh" / "decisions.parquet").to_pylist()
    assert cluster.extract(str(here), out, scheduler=scheduler, fresh=True).extracted == first.extracted
    parts = [path for path in (tmp_path / "out" / ".ombudsman" / "parts").rglob("*") if path.is_file()]
    assert len(parts) == 2 * len(list(cluster.batches(*cluster.find(str(here), out), (50_000_000, 60.0))))


def test_a_damaged_part_is_extracted_again(scheduler, corpus, expected, tmp_path):
    cluster.extract(str(corpus), str(tmp_path), scheduler=scheduler)
    for n, part in enumerate(sorted((tmp_path / ".ombudsman" / "parts").glob("*/*"))):
        part.write_bytes(part.read_bytes()[: -50 if n % 2 else None])
    assert cluster.extract(str(corpus), str(tmp_path), scheduler=scheduler).extracted > 0
    assert read(tmp_path) == expected


def test_s3(s3, scheduler, corpus, expected):
    for path in corpus.rglob("*"):
        if path.is_file():
            s3.put_file(str(path), f"bucket/raw/{path.relative_to(corpus).as_posix()}")
    line = ["extract", "s3://bucket/raw", "--out", "s3://bucket/processed", "--engine", "dask"]
    for cluster_of, anew in ((["--workers", "2"], 21), (["--scheduler", scheduler], 0)):
        result = CliRunner().invoke(app, [*line, *cluster_of])
        assert result.exit_code == 0, result.output
        assert "Tables in s3://bucket/processed" in result.stdout and f"({anew} files read anew)" in result.stdout
    assert read("s3://bucket/processed") == expected
    s3.invalidate_cache()
    told = json.loads(s3.cat_file("bucket/processed/_run.json"))
    assert {f"bucket/processed/{f}" for f in told["files"]} == {
        path for name in tables.TABLES for path in s3.find(f"bucket/processed/{name}")
    }
    assert not s3.find("bucket/processed/.ombudsman/sets") and not s3.exists("bucket/processed/.ombudsman/lock")


def paths_of(resource):
    """The standard has a list for several files, and a string for one."""
    return resource["path"] if isinstance(resource["path"], list) else [resource["path"]]


@pytest.mark.parametrize("where", ["folder", "s3"])
def test_the_datapackage_of_a_local_run_but_for_the_parts(where, s3, scheduler, corpus, local, tmp_path, monkeypatch):
    small_batches(monkeypatch)
    out = "s3://bucket/described" if where == "s3" else str(tmp_path)
    report = cluster.extract(str(corpus), out, scheduler=scheduler)
    fs, folder = cluster._storage(out)
    fs.invalidate_cache()
    package = json.loads(fs.cat_file(f"{folder}/datapackage.json"))
    of_local = json.loads((local / "datapackage.json").read_bytes())
    assert package["id"] == report.run_id and package.keys() == of_local.keys()
    named = {f"{folder}/{path}" for resource in package["resources"] for path in paths_of(resource)}
    assert named == {path for name in tables.TABLES for path in fs.find(f"{folder}/{name}")}
    for resource, expected in zip(package["resources"], of_local["resources"], strict=True):
        paths = paths_of(resource)
        assert len(paths) == (1 if resource["name"] == "files" else 3)
        assert resource["bytes"] == sum(fs.size(f"{folder}/{path}") for path in paths)
        frame = pd.concat([pd.read_parquet(f"{out}/{path}") for path in paths])
        assert frame.columns.to_list() == [field["name"] for field in resource["schema"]["fields"]]
        first = frame.columns[0]
        assert frame[first].to_list() == pd.read_parquet(local / expected["path"])[first].to_list()
        # columns, keys, rows, titles: all but what tells of the files themselves
        of_files = {"path", "bytes", "hash"}
        assert {k: v for k, v in resource.items() if k not in of_files} == {
            k: v for k, v in expected.items() if k not in of_files
        }


def test_the_datapackage_changes_with_the_tables(scheduler, corpus, tmp_path):
    (tmp_path / "own").symlink_to("gone")  # somebody's: not for this program to remove
    for name in ("decisions", "decisions.parquet"):
        run(corpus, tmp_path, worker_count=1)
        if name == "decisions":
            cluster.extract(str(corpus), str(tmp_path), scheduler=scheduler)
        assert (tmp_path / "datapackage.json").resolve().parent == (tmp_path / name).resolve().parent
        assert [path.name for path in tmp_path.iterdir() if not path.exists()] == ["own"]


def test_s3_tells_of_no_tables_that_are_not_there(s3, scheduler, monkeypatch):
    s3.pipe_file("bucket/few/a.txt", b"no decision")
    fs, folder = cluster._storage("s3://bucket/told")  # what this process writes with
    seen = []

    def then_read(does):
        def step(*args, **kwargs):
            does(*args, **kwargs)
            s3.invalidate_cache()
            there = s3.find(folder)
            for name in {"_run.json", "datapackage.json"} & {path[len(folder) + 1 :] for path in there}:
                told = json.loads(s3.cat_file(f"{folder}/{name}"))
                paths = told.get("files") or [path for resource in told["resources"] for path in paths_of(resource)]
                assert {f"{folder}/{path}" for path in paths} <= set(there)
                seen.append((name, told.get("run_id") or told["id"]))

        return step

    for name in ("copy", "pipe_file", "rm", "rm_file"):
        monkeypatch.setattr(fs, name, then_read(getattr(fs, name)))
    runs = [cluster.extract("s3://bucket/few", f"s3://{folder}", scheduler=scheduler).run_id for _ in range(2)]
    assert set(seen) == {(name, run_id) for name in ("_run.json", "datapackage.json") for run_id in runs}


def test_s3_for_one_run_at_a_time_and_not_over_others_files(s3, scheduler):
    s3.pipe_file("bucket/few/a.txt", b"no decision")
    s3.pipe_file("bucket/held/.ombudsman/lock", b"another")
    with pytest.raises(RunError, match=r"Another run is writing .* remove s3://bucket/held/\.ombudsman/lock\.$"):
        cluster.extract("s3://bucket/few", "s3://bucket/held", scheduler=scheduler)
    assert s3.cat_file("bucket/held/.ombudsman/lock") == b"another"
    s3.pipe_file("bucket/mine/texts/of-mine.parquet", b"mine")
    with pytest.raises(RunError, match=r"of-mine\.parquet is there already"):
        cluster.extract("s3://bucket/few", "s3://bucket/mine", scheduler=scheduler)
    s3.pipe_file("bucket/also-mine/datapackage.json", b"mine")
    with pytest.raises(RunError, match=r"also-mine/datapackage\.json is there already"):
        cluster.extract("s3://bucket/few", "s3://bucket/also-mine", scheduler=scheduler)
    assert s3.cat_file("bucket/also-mine/datapackage.json") == b"mine"


@pytest.mark.parametrize(
    ("corpus", "out", "says"),
    [
        ("s3://nowhere/raw", "s3://bucket/out", "s3://nowhere/raw cannot be read"),
        ("s3://bucket/nothing", "s3://bucket/out", "s3://bucket/nothing is empty"),
        ("s3://bucket/few", "s3://nowhere/out", "s3://nowhere/out cannot be written"),
        ("gs://bucket/few", "s3://bucket/out", "gs://bucket/few cannot be reached: Please install gcsfs"),
    ],
)
def test_storage_that_is_not_there(s3, scheduler, corpus, out, says):
    s3.pipe_file("bucket/few/a.txt", b"no decision")
    with pytest.raises(RunError, match=says):
        cluster.extract(corpus, out, scheduler=scheduler)


def test_no_scheduler(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.cluster.CONNECT_SECONDS", 0.5)
    with pytest.raises(RunError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        cluster.extract(str(corpus), str(tmp_path), scheduler="tcp://127.0.0.1:9")


def made_up(n, words="It was late."):
    return f"Kent County Council (24 {n // 1000:03d} {n % 1000:03d})\n{words}\n"


@pytest.mark.parametrize("stand_in", [3], indirect=True)
def test_a_worker_killed_in_mid_run(stand_in, tmp_path, monkeypatch):
    small_batches(monkeypatch)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for n in range(120):
        (corpus / f"{n:03d}.txt").write_text(made_up(n))
    with Client(stand_in) as client:
        client.run(os.environ.__setitem__, "SLOW", "0.05")
        victim = next(iter(client.run(os.getpid).values()))
    parts = tmp_path / "out" / ".ombudsman" / "parts"

    def kill():
        until = time.monotonic() + 20
        while not list(parts.glob("*/*.index")) and time.monotonic() < until:
            time.sleep(0.02)
        os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    report = cluster.extract(str(corpus), str(tmp_path / "out"), scheduler=stand_in.scheduler_address)
    killer.join()
    with pytest.raises(ProcessLookupError):
        os.kill(victim, 0)
    assert report.files == {"extracted": 120}, report.reasons
    assert [row["case_reference"] for row in read(tmp_path / "out")["decisions"]] == [
        f"24 000 {n:03d}" for n in range(120)
    ]


def test_a_file_that_kills_its_worker_is_rejected_and_no_other(stand_in, tmp_path, monkeypatch):
    small_batches(monkeypatch)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for n in range(12):
        (corpus / f"{n:03d}.txt").write_text(made_up(n, "KILL" if n == 5 else "BREAK" if n == 7 else "It was late."))
    cluster.extract(str(corpus), str(tmp_path / "out"), scheduler=stand_in.scheduler_address)
    found = {row["path"]: row for row in read(tmp_path / "out")["files"]}
    assert [path for path, row in found.items() if row["status"] == "rejected"] == ["005.txt", "007.txt"]
    assert "crash" in found["005.txt"]["reason"] and found["005.txt"]["sha256"]
    assert "please report this" in found["007.txt"]["reason"]


def test_a_file_that_takes_too_long_is_rejected(stand_in, tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "slow.txt").write_text(made_up(1, "SPIN"))
    (corpus / "good.txt").write_text(made_up(2))
    (corpus / "large.txt").write_text(made_up(3) + "x" * 1000)
    options = {"max_seconds": 0.5, "max_bytes": 1000}
    cluster.extract(str(corpus), str(tmp_path / "out"), scheduler=stand_in.scheduler_address, **options)
    found = {row["path"]: row for row in read(tmp_path / "out")["files"]}
    assert found["good.txt"]["status"] == "extracted"
    assert "--max-seconds" in found["slow.txt"]["reason"] and "--max-bytes" in found["large.txt"]["reason"]


def test_workers_of_another_version(stand_in, tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(made_up(1))
    with Client(stand_in) as client:
        client.run(_pretend)
    with pytest.raises(RunError, match="another version of the program"):
        cluster.extract(str(tmp_path / "corpus"), str(tmp_path / "out"), scheduler=stand_in.scheduler_address)


def _pretend():
    cluster._engine = lambda: "another"


def test_addresses_need_the_engine():
    result = CliRunner().invoke(app, ["extract", "s3://bucket/raw", "--out", "x"])
    assert result.exit_code == 2 and "--engine dask" in result.output


def test_the_engine_needs_its_extra(monkeypatch):
    monkeypatch.delitem(sys.modules, "pipeline.cluster")
    monkeypatch.delattr("pipeline.cluster")
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = CliRunner().invoke(app, ["extract", str(RAW), "--out", "x", "--engine", "dask"])
    assert result.exit_code == 1 and "pip install 'ombudsman-decisions[cluster]'" in result.stderr


def test_ctrl_c(tmp_path, press_ctrl_c):
    (tmp_path / "corpus").mkdir()
    for n in range(300):
        (tmp_path / "corpus" / f"{n:03d}.txt").write_text(made_up(n))
    line = ["extract", tmp_path / "corpus", "--out", tmp_path / "out", "--engine", "dask", "--workers", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", *line],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(STAND_IN), str(RAW.parent.parent)]), "SLOW": "0.1"},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    until = time.monotonic() + 30
    while not list((tmp_path / "out").glob(".ombudsman/parts/*/*.index")) and time.monotonic() < until:
        time.sleep(0.05)
    press_ctrl_c(process)
