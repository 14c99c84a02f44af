"""The command `ombudsman`. Typer, because spaCy brings it: no dependency more, and a type is the whole declaration."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

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


class Engine(StrEnum):
    """Where the stages run."""

    local = "local"
    dask = "dask"


@app.command()
def extract(
    corpus: Annotated[
        str,
        typer.Argument(metavar="CORPUS", help="Folder of decisions: .txt, .html, .htm and .pdf, to any depth."),
    ],
    out: Annotated[
        str, typer.Option("--out", metavar="FOLDER", help="Folder for the tables; made if it is not there.")
    ],
    workers: Annotated[int | None, typer.Option(min=1, help="Processes to work in.", show_default="the cores")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Name every file without a decision of its own.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if a file is rejected.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Extract all files again, the unchanged ones too.")] = False,
    max_bytes: Annotated[int, typer.Option(min=1, help="A larger file is rejected.")] = MAX_BYTES,
    max_seconds: Annotated[float, typer.Option(min=0.001, help="A file that takes longer is rejected.")] = MAX_SECONDS,
    engine: Annotated[
        Engine, typer.Option(help="dask: on a cluster; CORPUS and --out may be s3://, gs:// or abfs:// addresses.")
    ] = Engine.local,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Dask's running cluster.", show_default="one on this machine"),
    ] = None,
) -> None:
    """Read every decision in CORPUS and write the tables into the folder.

    Exit code: 0 finished (files.parquet lists what was rejected), 1 could not finish, 2 wrong use, 130 interrupted.
    """
    if quiet and verbose:
        raise typer.BadParameter("--quiet and --verbose exclude each other; give one of them.")
    if engine is Engine.local and (scheduler or "://" in corpus + out):
        raise typer.BadParameter("--scheduler and addresses are for --engine dask; add it.")
    if scheduler and workers:
        raise typer.BadParameter("--workers is for a cluster on this machine; leave it or --scheduler out.")
    try:
        from pipeline.run import RunError

        with _Bar(hidden=quiet) as bar:
            options: dict[str, Any] = {
                "worker_count": workers,
                "fresh": fresh,
                "max_bytes": max_bytes,
                "max_seconds": max_seconds,
            }
            if engine is Engine.dask:
                try:
                    from pipeline import cluster
                except ImportError:
                    _fail("Error: --engine dask needs more packages: pip install 'ombudsman-decisions[cluster]'.")

                report = cluster.extract(corpus, out, scheduler=scheduler, progress=bar.show, **options)
            else:
                from pipeline.run import run

                report = run(Path(corpus), Path(out), progress=bar.show, **options)
    except KeyboardInterrupt:
        _fail(f"Interrupted; the tables in {out} are as before, and the next run goes on from here.", INTERRUPTED)
    except RunError as error:
        _fail(f"Error: {error}")
    if not quiet:
        _tell(report, verbose)
    if strict and (rejected := report.files.get("rejected")):
        suffix = ".parquet" if engine is Engine.local else ""
        _fail(f"Error: {_count(rejected, 'file')} rejected (--strict); {out}/files{suffix} says why.")


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
    if isinstance(report.out, Path):
        import pyarrow.parquet as pq

        table = pq.read_table(report.out / "files.parquet", columns=["path", "status", "reason"])
    else:
        from pipeline import cluster

        table = cluster.table(report.out, "files")
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


_OUT = Path("data/processed")  # where `make extract` writes
_Folder = Annotated[Path, typer.Argument(metavar="OUT", help="Folder of tables that `ombudsman extract` has written.")]


@app.command()
def compare(
    out: _Folder = _OUT,
    by: Annotated[
        str, typer.Option("--by", help="council, council_type, region, category, subcategory, outcome or year.")
    ] = "council",
    measure: Annotated[
        str,
        typer.Option(
            "--measure",
            help="remedy_total (pounds a decision); payments, remedies, improvements (how many a decision); "
            "uphold_rate, fault_rate, payment_rate, improvement_rate (shares of decisions).",
        ),
    ] = "remedy_total",
    where: Annotated[
        str | None,
        typer.Option("--where", help="A condition on the columns of decisions, and year: \"category == 'Education'\"."),
    ] = None,
    min_decisions: Annotated[int, typer.Option("--min-decisions", min=1, help="Leave out groups with fewer.")] = 1,
    csv: Annotated[Path | None, typer.Option("--csv", help="Also write the table as CSV.")] = None,
    parquet: Annotated[Path | None, typer.Option("--parquet", help="Also write the table as Parquet.")] = None,
    plot: Annotated[Path | None, typer.Option("--plot", help="Also draw it: .png or .svg.")] = None,
) -> None:
    """Compare councils, regions, categories or years, with intervals, and say what was left out.

    Exit code: 0 done, 1 could not finish, 2 wrong use.
    """
    if plot is not None and plot.suffix.lower() not in (".png", ".svg"):
        raise typer.BadParameter(f"--plot writes .png or .svg; {plot} is neither.")
    from pipeline import compare as comparing
    from pipeline import show as terminal
    from pipeline.api import LoadError, load

    file: Path | None = None
    try:
        found = comparing.compare(load(out), by, measure, where, min_decisions)
        for file, write in ((csv, found.to_csv), (parquet, found.to_parquet)):
            if file is not None:
                write(file)
        if (file := plot) is not None:
            from pipeline.plot import save

            save(found, file)
    except comparing.WrongQuestion as error:
        raise typer.BadParameter(_safe(str(error))) from None
    except (LoadError, comparing.NothingLeft) as error:
        _fail(f"Error: {error}")
    except ModuleNotFoundError as error:
        _fail(f"Error: --plot needs {error.name}, which is not installed; install this project with its extra `plot`.")
    except OSError as error:
        _fail(f"Error: {file} cannot be written: {why(error)}; choose another file.")
    terminal.comparison(found, terminal.console())


@app.command()
def show(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="Its decision_id or case reference: 24-003-873.")],
    out: _Folder = _OUT,
) -> None:
    """Show a decision: its record, and its text with every finding, remedy and improvement marked where it stands.

    Exit code: 0 done, 1 could not finish (no such decision, no tables), 2 wrong use.
    """
    from pipeline import show as terminal
    from pipeline.api import LoadError, load

    try:
        record = load(out).find(decision)
    except (LoadError, LookupError) as error:
        _fail(f"Error: {error.args[0]}")
    terminal.decision(record, terminal.console())


@app.command()
def report(
    out: _Folder = _OUT,
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The page to write.")] = Path("report.html"),
) -> None:
    """Write one page with what was read, comparisons with plots, and a table to filter; it needs no network.

    Exit code: 0 done, 1 could not finish, 2 wrong use.
    """
    from pipeline.api import LoadError, load

    try:
        from pipeline import report as page

        page.write(load(out), to)
    except ModuleNotFoundError as error:
        _fail(f"Error: {error.name} is not installed; install this project with its extra `report`.")
    except LoadError as error:
        _fail(f"Error: {error}")
    except OSError as error:
        _fail(f"Error: {to} cannot be written: {why(error)}; choose another file.")
    typer.echo(f"{_safe(str(to))} is written: open it in a browser.")


@app.command()
def explore(
    out: _Folder = _OUT,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any that is free.")] = 8001,
) -> None:
    """Serve the tables to a browser on this machine, read-only: facets, full-text search, each decision with its marks.

    A database is made of them in a temporary folder; OUT is only read. Ctrl-C ends it.
    Exit code: 0 ended, 1 could not start, 2 wrong use.
    """
    from pipeline.api import LoadError, load

    def ready(address: str) -> None:
        typer.echo(f"{address} shows the tables in {_safe(str(out))}; Ctrl-C ends it.")

    try:
        from pipeline import explore as browser

        tables = load(out)
        typer.echo("Making the database …", err=True)
        browser.serve(tables, port, ready)
    except ModuleNotFoundError as error:
        _fail(f"Error: {error.name} is not installed; install this project with its extra `explore`.")
    except (LoadError, browser.ExploreError) as error:
        _fail(f"Error: {error}")
    except KeyboardInterrupt:
        typer.echo("Ended.", err=True)


@app.command()
def bench(
    count: Annotated[
        int, typer.Argument(metavar="[N]", min=1, help="Decisions to make up; the site has 57,500.")
    ] = 2_000,
    repeats: Annotated[int, typer.Option(min=1, help="Runs of each kind; their median is printed.")] = 3,
    seed: Annotated[int, typer.Option(help="The same seed makes up the same decisions.")] = 1,
    workers: Annotated[
        list[int] | None, typer.Option(min=1, help="Processes to measure with.", show_default="1, 2")
    ] = None,
    to: Annotated[Path | None, typer.Option("--json", help="Also write the figures there.")] = None,
) -> None:
    """Measure speed and memory over made-up decisions, beside spaCy's tokenizer over the same text.

    Exit code: 0 done, 1 could not finish, 2 wrong use, 130 interrupted.
    """
    from pipeline import bench as of

    def doing(what: str) -> None:
        typer.echo(f"{what} …", err=True)

    try:
        figures = of.bench(count, repeats=repeats, seed=seed, worker_counts=tuple(workers or (1, 2)), progress=doing)
        if to is not None:
            to.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    except KeyboardInterrupt:
        _fail("Interrupted; nothing was measured.", INTERRUPTED)
    except of.BenchError as error:
        _fail(f"Error: {error}")
    except OSError as error:
        _fail(f"Error: {error.filename or to} cannot be written: {why(error)}; choose another place.")
    typer.echo(of.to_text(figures))


def main() -> None:
    """The command's entry."""
    app(prog_name="ombudsman")


if __name__ == "__main__":
    main()
