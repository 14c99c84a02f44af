"""Compiled expressions that are kept between processes."""

import pytest
import regex

from pipeline import compiled, expressions

SAID = r"\b(?:pay|paid)\s+(?P<sum>£\d+)"


@pytest.fixture
def another_process(tmp_path, monkeypatch):
    """A function: forgets what this process knows of expressions, as a new one would."""
    monkeypatch.setattr(compiled.platformdirs, "user_cache_path", lambda name: tmp_path / name)

    def forget():
        compiled._made.clear()
        compiled._kept.cache_clear()
        compiled._file.cache_clear()

    made = dict(compiled._made)
    forget()
    yield forget
    forget()
    compiled._made.update(made)


def files(folder):
    return sorted(folder.rglob("expressions-*"))


def test_what_was_compiled_is_kept_for_the_next_process(another_process, tmp_path, monkeypatch):
    first = compiled.compiled(SAID, flags=regex.I)
    compiled.keep()
    another_process()
    monkeypatch.setattr(regex, "compile", lambda *_: pytest.fail("it is compiled again"))
    again = compiled.compiled(SAID, flags=regex.I)
    assert again is not first and again.pattern == first.pattern
    text = "It paid £20. It will PAY £35."
    assert [m["sum"] for m in again.finditer(text)] == [m["sum"] for m in first.finditer(text)] == ["£20", "£35"]
    assert again.search(text).span() == first.search(text).span()


def test_flags_are_part_of_it(another_process):
    compiled.compiled(SAID, flags=regex.I)
    assert compiled.compiled(SAID).search("PAY £35") is None


def test_a_damaged_file_is_no_fault(another_process, tmp_path):
    compiled.compiled(SAID)
    compiled.keep()
    (file,) = files(tmp_path)
    file.write_bytes(file.read_bytes()[:-20])
    another_process()
    assert compiled.compiled(SAID).search("pay £35")


def test_where_nothing_can_be_written(another_process, tmp_path):
    (tmp_path / "ombudsman-decisions").write_text("a file where the folder should be")
    compiled.compiled(SAID)
    compiled.keep()
    assert not files(tmp_path)


def test_other_code_compiles_anew_and_old_files_go(another_process, tmp_path, monkeypatch):
    for n in range(7):
        source = tmp_path / f"expressions{n}.py"
        source.write_text(f"# version {n}")
        monkeypatch.setattr(expressions, "__file__", str(source))
        another_process()
        assert not compiled._kept()
        compiled.compiled(SAID)
        compiled.keep()
    assert len(list((tmp_path / "ombudsman-decisions").iterdir())) == compiled._VERSIONS
