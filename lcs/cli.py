"""The command `lcs`: one sub-command per question that is asked of the library."""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from flint import arb
from rich.console import Console
from rich.progress import Progress

from lcs.bounds.bracket import Bracket, bracket
from lcs.bounds.construct import Construction, construct
from lcs.bounds.improve import improve
from lcs.bounds.problem import Bound
from lcs.bounds.recheck import Check, Number
from lcs.bounds.upper import thm2

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def main() -> None:
    """Bounds and measurements of linear readout: features m, active k, error eps, neurons d."""


@app.command("bracket")
def bracket_command(
    m: Annotated[str, typer.Argument(metavar="M", help="features; 1000000 or 1e6")],
    k: Annotated[str, typer.Argument(metavar="K", help="active features, 1 <= K <= M")],
    eps: Annotated[str, typer.Argument(metavar="EPS", help="error allowed; 0.25 or 1/4, exact")],
    at_most: Annotated[
        bool, typer.Option("--at-most", help="allow the error to equal EPS (default: below it)")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
    make: Annotated[
        Path | None,
        typer.Option("--make", metavar="OUT.npz", help="build A and B, measure, write them"),
    ] = None,
    restarts: Annotated[
        int,
        typer.Option(
            "--search", metavar="N", min=0, help="search packings too, N restarts per d (M <= 256)"
        ),
    ] = 0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="seed of what is drawn")] = 0,
) -> None:
    """Bracket the least d: d_necessary <= d(M, K, EPS) <= d_sufficient, each side with its proof.

    d is the number of neurons from which any K of M features are read linearly, each to below EPS.
    """
    try:
        if make is not None:
            _check_writable(make)
        found = bracket(_integer("M", m), _integer("K", k), eps, strict=not at_most)
        rng = np.random.default_rng(seed)
        if restarts:
            with _progress("searching") as progress:
                found = improve(found, rng=rng, restarts=restarts, progress=progress)
        made = None
        if make is not None:
            with _progress("measuring") as progress:
                made = construct(found, rng=rng, progress=progress)
            _write(make, found, made)
    except (ValueError, ArithmeticError, OSError, MemoryError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        typer.echo("interrupted: nothing was written", err=True)
        raise typer.Exit(130) from None
    checks = found.checks()
    if as_json:
        typer.echo(json.dumps(_as_data(found, checks, made), indent=2))
    else:
        _show(found, checks, made, make)
    if not all(check.holds for check in checks):
        typer.echo("error: a certificate does not hold; this is a bug", err=True)
        raise typer.Exit(1)


@app.command("report")
def report_command(
    results: Annotated[Path, typer.Option(help="folder of what has been run")] = Path("results"),
    out: Annotated[
        Path | None, typer.Option(help="folder of the report  [default: RESULTS/report]")
    ] = None,
    readme: Annotated[
        Path | None, typer.Option(help="renew this README's status, and docs/ledger.json")
    ] = None,
) -> None:
    """Write report.html and ledger.tex: every claim with its evidence, holes shown as holes."""
    from lcs.report.write import write  # tables and pictures are read only here

    try:
        if not results.is_dir():
            raise OSError(f"--results must name a folder; got {results}")
        lines = write(results, out or results / "report", readme)
    except (OSError, ValueError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from None
    for line in lines:
        typer.echo(line)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal, if there is one."""
    terminal = Console(stderr=True)
    with Progress(console=terminal, transient=True, disable=not terminal.is_terminal) as bar:
        task = bar.add_task(what)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _integer(name: str, text: str) -> int:
    """An integer, also in the form 1e6."""
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        value = Fraction(1, 2)
    if value.denominator != 1:
        raise ValueError(f"{name} must be an integer; got {text!r}")
    return int(value)


def _check_writable(path: Path) -> None:
    """Find out before the work whether its result can be written."""
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise OSError(f"--make must name a file in a folder that can be written; got {path}")


def _write(path: Path, found: Bracket, made: Construction) -> None:
    """Write A, B and what was asked and measured, whole or not at all."""
    question = found.question
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(
                file,
                A=made.A,
                B=made.B,
                m=question.m,
                k=question.k,
                eps=str(question.eps),
                strict=question.strict,
                name=made.name,
                error=made.error.value,
                rounding=made.error.rounding,
            )
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _as_data(found: Bracket, checks: tuple[Check, Check], made: Construction | None) -> dict:
    question = found.question
    sides = (found.lower, checks[0]), (found.upper, checks[1])
    necessary, sufficient = (_side(bound, check) for bound, check in sides)
    data = {
        "m": question.m,
        "k": question.k,
        "eps": str(question.eps),
        "strict": question.strict,
        "d_necessary": found.d_necessary,
        "d_sufficient": found.d_sufficient,
        "tight": found.tight,
        "constructible": found.constructible,
        "necessary": necessary,
        "sufficient": sufficient,
        "explicit_code": None,
        "made": None,
    }
    if found.code is not None:
        mu = found.code.coherence
        data["explicit_code"] = {
            "name": found.code.name,
            "d": found.code.d,
            "coherence": _exact(mu.a, mu.b, mu.n),
            "claim": found.code.claim,
            "reference": found.code.reference,
        }
    if made is not None:
        data["made"] = {
            "name": made.name,
            "d": made.A.shape[0],
            "error": made.error.value,
            "rounding": made.error.rounding,
            "proof": made.proof.value,
        }
    return data


def _side(bound: Bound, check: Check) -> dict[str, object]:
    return {
        "d": bound.d,
        "name": bound.name,
        "claim": bound.claim,
        "reason": bound.reason,
        "degree": bound.degree,
        "certificate": {
            "at_d": check.d,
            "inequality": check.inequality,
            "left": _decimal(check.left),
            "right": _decimal(check.right),
            "holds": check.holds,
        },
    }


def _exact(a: Fraction, b: Fraction, n: int) -> str:
    return str(a) if not b * n else f"{a} + {b} sqrt({n})" if a else f"{b} sqrt({n})"


def _decimal(x: Number, digits: int = 15) -> str:
    if isinstance(x, Fraction):
        x = arb(x.numerator) / arb(x.denominator)
    return arb(x).str(digits, radius=False)


def _show(
    found: Bracket, checks: tuple[Check, Check], made: Construction | None, path: Path | None
) -> None:
    question, low, high = found.question, found.d_necessary, found.d_sufficient
    console = Console(highlight=False, soft_wrap=True)
    sign = "<" if question.strict else "<="
    asked = f"{question.k} of {question.m} features, error {sign} {question.eps}"
    answer = f"d = {low}" if found.tight else f"{low} <= d <= {high}, ratio {found.ratio:.3f}"
    console.print(f"{asked}: [bold]{answer}[/bold]")
    for word, bound, check, says in (
        ("necessary ", found.lower, checks[0], "is too few"),
        ("sufficient", found.upper, checks[1], "is enough"),
    ):
        console.print(f"{word}  {bound.d}  {bound.name} ({bound.claim}): {bound.reason}")
        if check.d >= 0:
            numbers = f"{_decimal(check.left, 10)} against {_decimal(check.right, 10)}"
            verdict = "checked" if check.holds else "[red]FAILS[/red]"
            console.print(f"    d = {check.d} {says}: {check.inequality}: {numbers}, {verdict}")
    if not found.constructible and found.code is not None:
        console.print(
            f"This is a proof of existence; the smallest explicit code here has "
            f"d = {found.code.d}: {found.code.name}."
        )
    paper = thm2(question.m, question.k, question.eps, strict=question.strict).d
    if paper is not None:
        console.print(f"Theorem 2 asks for d = {paper} of a random code.", highlight=False)
    if made is not None:
        d, error = made.A.shape[0], made.error
        console.print(
            f"wrote {path}: {made.name}, d = {d}, error {error.value:.12g} +- "
            f"{error.rounding:.1e} ({made.proof.value})"
        )


if __name__ == "__main__":
    sys.exit(app())
