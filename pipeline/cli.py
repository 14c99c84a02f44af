"""The command `ombudsman`. Typer, because spaCy brings it: no dependency more, and a type is the whole declaration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pipeline.corpus import MAX_BYTES, MAX_SECONDS, why

# Everything heavy is imported by the command that needs it: --help answers at once.
if TYPE_CHECKING:
    from tqdm import tqdm

    from pipeline.run import Report

app = typer.Typer(
    help="Decisions of the Local Government and Social Care Ombudsman as tables.",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: the same on every terminal and in the documentation
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

FINISHED, FAILED, INTERRUPTED = 0, 1, 130


def _fail(message: str, code: int = FAILED) -> NoReturn:
    typer.echo(_safe(message), err=True)
    raise typer.Exit(code)


def _print_version(wanted: bool) -> None:
    if wanted:
        from pipeline.run import version

        typer.echo(f"ombudsman {version()}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None: ...


@app.command()
def extract(  # readable=False: the run says in its own words what it cannot open
    corpus: Annotated[
        Path,
        typer.Argument(
            metavar="CORPUS", readable=False, help="Folder of decisions: .txt, .html, .htm and .pdf, to any depth."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", readable=False, help="Folder for the tables; made if it is not there.")],
    workers: Annotated[int | None, typer.Option(min=1, help="Processes to work in.", show_default="the cores")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Name every file without a decision of its own.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if a file is rejected.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Extract all files again, the unchanged ones too.")] = False,
    max_bytes: Annotated[int, typer.Option(min=1, help="A larger file is rejected.")] = MAX_BYTES,
    max_seconds: Annotated[float, typer.Option(min=0.001, help="A file that takes longer is rejected.")] = MAX_SECONDS,
) -> None:
    """Read every decision in CORPUS and write the tables into OUT.

    Exit code: 0 finished (files.parquet lists what was rejected), 1 could not finish, 2 wrong use, 130 interrupted.
    """
    if quiet and verbose:
        raise typer.BadParameter("--quiet and --verbose exclude each other; give one of them.")
    try:
        from pipeline.run import RunError, run

        with _Bar(hidden=quiet) as bar:
            report = run(
                corpus,
                out,
                worker_count=workers,
                fresh=fresh,
                max_bytes=max_bytes,
                max_seconds=max_seconds,
                progress=bar.show,
            )
    except KeyboardInterrupt:
        _fail(f"Interrupted; the tables in {out} are as before, and the next run goes on from here.", INTERRUPTED)
    except RunError as error:
        _fail(f"Error: {error}")
    if not quiet:
        _tell(report, verbose)
    if strict and (rejected := report.files.get("rejected")):
        _fail(f"Error: {_count(rejected, 'file')} rejected (--strict); {out / 'files.parquet'} says why.")


class _Bar:
    """A progress bar on stderr, none where that is not a terminal."""

    def __init__(self, hidden: bool):
        self._disable = True if hidden else None  # None: tqdm looks whether it is a terminal
        self._bar: tqdm | None = None

    def __enter__(self) -> _Bar:
        return self

    def show(self, done: int, total: int) -> None:
        if self._bar is None:
            from tqdm import tqdm

            self._bar = tqdm(total=total, unit="file", disable=self._disable, leave=False, dynamic_ncols=True)
        self._bar.update(done - self._bar.n)

    def __exit__(self, *_) -> None:
        if self._bar is not None:
            self._bar.close()


def _tell(report: Report, verbose: bool) -> None:
    files, rows = report.files, report.rows
    typer.echo(f"{_count(rows['decisions'], 'decision')} ({report.extracted} files read anew)")
    typer.echo(f"{_count(files.get('duplicate', 0), 'duplicate')}")
    typer.echo(f"{files.get('rejected', 0)} rejected")
    if verbose:
        _tell_files(report)
    else:
        for path, reason in report.reasons:
            typer.echo(f"  {_safe(path)}: {_safe(reason)}")
        if files.get("rejected", 0) > len(report.reasons):
            typer.echo("  … the rest are in files.parquet")
    typer.echo(f"{files.get('ignored', 0)} ignored")
    typer.echo(
        f"{_count(rows['fault_findings'], 'fault finding')}, {rows['remedies']} remedies, "
        f"{_count(rows['procedural_improvements'], 'procedural improvement')}"
    )
    typer.echo(f"Tables in {report.out}, in {_duration(report.seconds)}")


def _tell_files(report: Report) -> None:
    import pyarrow.parquet as pq

    table = pq.read_table(report.out / "files.parquet", columns=["path", "status", "reason"])
    for row in table.to_pylist():
        if row["status"] != "extracted":
            typer.echo(f"  {row['status']} {_safe(row['path'])}: {_safe(row['reason'])}")


def _count(n: int, thing: str) -> str:
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:.0f} s"


def _safe(text: str) -> str:
    """Without what a hostile file name could do to a terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


@app.command()
def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="Folder of labelled decisions: NAME.txt, NAME.gold.json.")
    ],
    tables: Annotated[
        Path | None, typer.Option("--tables", help="Tables of a finished run over GOLD; without it, it is run now.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Also write a page of the misses in context.")] = None,
    misses: Annotated[bool, typer.Option("--misses/--no-misses", help="Print every miss.")] = True,
) -> None:
    """Say how right the extraction is: per field precision, recall, F1 or accuracy, then every miss grouped by kind.

    Exit code: 0 finished, whatever the figures, 1 could not finish, 2 wrong use.
    """
    from pipeline.evaluate import EvaluationError
    from pipeline.evaluate import evaluate as compare

    try:
        found = compare(gold, tables, worker_count=None)
        if html is not None:
            html.write_text(found.to_html(), encoding="utf-8")
    except KeyboardInterrupt:
        _fail("Interrupted; nothing was written.", INTERRUPTED)
    except EvaluationError as error:
        _fail(f"Error: {error}")
    except OSError as error:
        _fail(f"Error: {html} cannot be written: {why(error)}; choose another file.")
    for warning in found.warnings():
        typer.echo(f"Warning: {_safe(warning)}", err=True)
    typer.echo(found.to_json(misses) if as_json else "\n".join(map(_safe, found.to_text(misses).splitlines())))


@app.command()
def label(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A decision: .txt, .html, .htm or .pdf.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="The label to write.", show_default="NAME.gold.json beside FILE")
    ] = None,
) -> None:
    """Write a first draft of a label from the program's own output, for a person to correct.

    A label quotes a text file: for a page or a PDF its text is written beside the label too. Nothing that is there
    already is overwritten. Exit code: 0 done, 1 could not finish, 2 wrong use.
    """
    from pipeline.label import LabelError, write

    try:
        written = write(file, out)
    except LabelError as error:
        _fail(f"Error: {error}")
    typer.echo(f"{_safe(str(written))} is a draft: correct it by hand.")


@app.command()
def patterns(
    check: Annotated[bool, typer.Option("--check", help="Try every example; exit with 1 if one fails.")] = False,
    coverage: Annotated[
        Path | None,
        typer.Option(metavar="CORPUS", help="Say how often each fires and decides over a folder of decisions."),
    ] = None,
) -> None:
    """List the patterns that decide: id, subject, number of examples, note."""
    if check and coverage:
        raise typer.BadParameter("--check and --coverage exclude each other; give one of them.")
    if coverage:
        _tell_coverage(coverage)
        return
    from pipeline import language
    from pipeline import patterns as data

    try:
        every = list(data.every())
        faults = language.check() if check else []
    except data.PatternError as error:
        _fail(f"Error: {error}")
    if check:
        for fault in faults:
            typer.echo(fault, err=True)
        examples = sum(len(p.match) + len(p.no_match) for p in every)
        typer.echo(f"{len(every)} patterns, {examples} examples, {len(faults)} fail")
        raise typer.Exit(FAILED if faults else FINISHED)
    width = max((len(p.id) for p in every), default=0)
    for p in every:
        typer.echo(f"{p.id:{width}}  {p.subject:10}  {len(p.match) + len(p.no_match):3}  {p.note}")


def _tell_coverage(corpus: Path) -> None:
    from pipeline.coverage import CoverageError
    from pipeline.coverage import coverage as count
    from pipeline.patterns import PatternError

    try:
        with _Bar(hidden=False) as bar:
            found = count(corpus, bar.show)
    except KeyboardInterrupt:
        _fail("Interrupted; nothing was counted.", INTERRUPTED)
    except (CoverageError, PatternError) as error:
        _fail(f"Error: {error}")
    typer.echo("\n".join(map(_safe, found.to_text().splitlines())))


def main() -> None:
    """The command's entry."""
    app(prog_name="ombudsman")


if __name__ == "__main__":
    main()
