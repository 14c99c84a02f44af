"""What is installed, and the make targets a newcomer starts with."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKED = ("dev", "plot", "bench", "cluster", "report", "explore", "browser")  # what `make lock` installs
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, ROOT]
    subprocess.run(build, check=True, timeout=120)
    return next(folder.glob("*.whl"))


def test_wheel_carries_code_and_patterns(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    for folder, kinds in (
        ("pipeline", {".py", ".jinja", ".html", ".css", ".js"}),
        ("patterns", {".py", ".toml", ".csv"}),
    ):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in kinds:
                assert path.relative_to(ROOT).as_posix() in inside
    assert not any(name.startswith(("tests", "data")) for name in inside)


def test_wheel_works_from_elsewhere(wheel, tmp_path):
    target = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", target, wheel]
    subprocess.run(install, check=True, timeout=120)
    environment = os.environ | {"PYTHONPATH": str(target)}

    def output(*args):
        return subprocess.run(
            args, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True, timeout=60
        ).stdout

    assert output(target / "bin" / "ombudsman", "--version") == f"ombudsman {PROJECT['version']}\n"
    where = output(sys.executable, "-c", "import pipeline, patterns; print(pipeline.__file__, patterns.__file__)")
    assert where.count(str(target)) == 2
    assert output(target / "bin" / "ombudsman", "patterns")


def test_version_stands_in_one_place():
    kinds = ("*.py", "Makefile", "*.cfg")
    files = [path for kind in kinds for folder in ("pipeline", "patterns") for path in (ROOT / folder).rglob(kind)]
    assert not [path for path in [*files, ROOT / "Makefile"] if PROJECT["version"] in path.read_text()]


def test_dependencies_are_pinned_justified_and_locked():
    locked = set((ROOT / "requirements.lock").read_text().lower().split())
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    wanted = [*PROJECT["dependencies"], *(pin for extra in LOCKED for pin in PROJECT["optional-dependencies"][extra])]
    for pin in wanted:
        assert re.fullmatch(r"[\w.-]+==[\w.]+", pin)
        assert pin.lower() in locked
        assert any(re.search(rf'"{re.escape(pin)}",\s+# [\w`]', line) for line in lines), pin


def test_no_package_registry_is_named():
    for name in ("pyproject.toml", "Makefile", "requirements.lock", ".ci/run"):
        assert "://" not in (ROOT / name).read_text()


def make(*args):
    return subprocess.run(["make", "-C", ROOT, *args], capture_output=True, text=True, timeout=60)


def test_make_without_a_new_python_says_so(tmp_path):
    result = make("extract", "PYTHON=", f"VENV={tmp_path}/venv")
    assert result.returncode == 2
    assert result.stderr.startswith("Python 3.11 or newer is needed and none was found; ")
    assert not (tmp_path / "venv").exists()


def test_make_installs_once(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    plan = make("-n", "extract", f"VENV={tmp_path}", "CORPUS=a b", "OUT=c").stdout
    assert "pip install" in plan and "-c requirements.lock" in plan
    assert f'{tmp_path}/bin/ombudsman extract "a b" --out "c"' in plan
    for stamp in (".installed", ".installed-dev"):
        (tmp_path / stamp).touch()
    assert "pip" not in make("-n", "extract", f"VENV={tmp_path}").stdout
    assert "pip" not in make("-n", "test", f"VENV={tmp_path}").stdout


def test_make_test_browser_installs_chromium_where_it_is_missing(tmp_path):
    assert "apt-get install -qq -y --no-install-recommends chromium" in make("-n", "test-browser", "CHROMIUM=").stdout
    plan = make("-n", "test-browser", f"VENV={tmp_path}", "CHROMIUM=/elsewhere/chromium").stdout
    assert 'test -n "/elsewhere/chromium" ||' in plan
    assert f'CHROMIUM="/elsewhere/chromium" {tmp_path}/bin/python -m pytest tests/browser' in plan


def test_make_report_and_explore_install_what_they_need(tmp_path):
    for target, command in (("report", 'report "out" --to "r.html"'), ("explore", 'explore "out" --port "8123"')):
        plan = make("-n", target, f"VENV={tmp_path}", "OUT=out", "REPORT=r.html", "PORT=8123").stdout
        assert "-e '.[report,explore]'" in plan and f"{tmp_path}/bin/ombudsman {command}" in plan


def test_ci_calls_make_test():
    called = (ROOT / ".ci" / "run").read_text().splitlines()
    assert os.access(ROOT / ".ci" / "run", os.X_OK) and {"make test", "exec make test-browser"} <= set(called)
