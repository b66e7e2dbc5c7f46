"""Phase diagrams of one feature too many: trained models, theory, and the best known.

n - 1 features of importance 1 and one of importance r have m = n - 1 dimensions. Each row of a
diagram is one density; at each r it holds the best of several trained chains, the best outcome of
theory, and the least exact loss that descents find, from the models of theory and beside them.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from experiments._toy_stacks import schedule
from lcs.findings import Finding
from lcs.runs.rng import generator
from lcs.superposition.exact import exact_loss
from lcs.superposition.features import Features
from lcs.superposition.fit import FINE, SAME, fit_from, polish
from lcs.superposition.geometry import norms, superposition
from lcs.superposition.model import Weights
from lcs.superposition.phase import (
    TRIPLE,
    Phase,
    boundary,
    pair_phases,
    theory_losses,
    theory_phase,
)
from lcs.superposition.train import train

CLEAR = 0.05
"""Length, and cosine, from which a feature counts as kept, and as sharing: descents leave less."""

NEAR = 0.2  # standard deviation of the starts beside the models of theory
ROUNDING = 1e-9  # relative, of losses that are equal
TIED = 1e-6  # relative excess of loss below which phases are not told apart
SHARE = 0.04  # of cells in another phase: about 0.03, and three standard errors of 576 cells


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One density of the phase diagram of n features, at `ratios` importances of the last."""

    density: float
    ratios: int
    n: int = 2
    chains: int = 3
    steps: int = 2000
    batch: int = 512
    rate: float = 0.01
    falling: bool = True
    seed: int = 0


def phase_row(cell: PhaseRow) -> pl.DataFrame:
    """One row per source and ratio: length and superposition of the last feature, phase, loss.

    Sources are trained, theory and best; reached is the share of chains whose loss is within 1 %
    of the best known.
    """
    r = np.geomspace(0.1, 10, cell.ratios)
    laws = [Features.of(cell.n, density=cell.density, importance=_importance(cell.n, x)) for x in r]
    axes = {"experiment": "toys", "kind": "phases", "density": cell.density, "seed": cell.seed}
    rng = generator(**axes, n=cell.n)
    kept = train(laws, cell.n - 1, seed=int(rng.integers(2**63)), **schedule(cell))
    theory = theory_losses(cell.density, r, m=cell.n - 1).min(axis=0)
    phases = theory_phase(cell.density, r, m=cell.n - 1)
    optima = _optima(cell, laws, r, rng)
    rows = []
    for number, (law, best) in enumerate(zip(laws, optima, strict=True)):
        chains = [kept.weights(number * cell.chains + j) for j in range(cell.chains)]
        losses = np.array([exact_loss(one, law, terms=FINE).value for one in chains])
        reached = float(np.mean(losses <= best[1] * (1 + SAME)))
        trained = chains[int(np.argmin(losses))].W
        phase = Phase(int(phases[number]))
        rows += [
            {"source": "trained", **_place(trained), "loss": losses.min(), "reached": reached},
            {"source": "theory", **_ideal(phase), "loss": theory[number], "reached": None},
            {"source": "best", **_place(best[0]), "loss": best[1], "reached": None},
        ]
    return pl.DataFrame(rows).with_columns(ratio=pl.Series(np.repeat(r, 3)))


def _importance(n: int, ratio: float) -> NDArray[np.float64]:
    return np.append(np.ones(n - 1), ratio)


def _optima(
    cell: PhaseRow, laws: list[Features], r: NDArray[np.float64], rng: np.random.Generator
) -> list[tuple[NDArray[np.float64], float]]:
    """The best W and its loss at each ratio."""
    if cell.n == 2:
        pairs = pair_phases(cell.density, r, rng=rng)
        return [(W[None, :], float(loss)) for W, loss in zip(pairs.W, pairs.loss, strict=True)]
    found = []
    for law in laws:
        starts = _starts(law, rng)
        # The first is theory's: from there a fine series leaves nothing for a descent to exploit.
        theory, value = polish(starts[0], law)
        near = fit_from(starts[1:], law)
        best = (theory.W, value) if value.value <= near.loss.value else (near.weights.W, near.loss)
        found.append((best[0], best[1].value))
    return found


def _starts(law: Features, rng: np.random.Generator) -> list[Weights]:
    """The best model of theory, and one near each: exact ones may be saddles."""
    models = [_model(law, lost, shared) for lost, shared in _outcomes(law.n)]
    best = min(models, key=lambda one: exact_loss(one, law, terms=FINE).value)
    near = [Weights(one.W + NEAR * rng.standard_normal(one.W.shape), one.b) for one in models]
    return [best, *near]


def _outcomes(n: int) -> list[tuple[int | None, tuple[int, int] | None]]:
    """Which feature is lost, or which two share: of those of equal importance, one choice."""
    outcomes: list[tuple[int | None, tuple[int, int] | None]] = [(n - 1, None), (0, None)]
    outcomes.append((None, (0, n - 1)))
    return outcomes + ([(None, (0, 1))] if n > 2 else [])


def _model(law: Features, lost: int | None, shared: tuple[int, int] | None) -> Weights:
    n, b = law.n, np.zeros(law.n)
    if lost is not None:
        b[lost] = law.mean[lost]
        return Weights(np.delete(np.eye(n), lost, axis=0), b)
    assert shared is not None
    W = np.delete(np.eye(n), shared[1], axis=0)
    W[:, shared[1]] = -W[:, shared[0]]
    return Weights(W, b)


def _place(W: NDArray[np.float64]) -> dict[str, float | int]:
    """Length and superposition of the last feature, and its phase."""
    lengths, shared = norms(W), float(superposition(W)[-1])
    length = float(lengths[-1])
    clear = length > CLEAR * lengths.max()
    phase = Phase.SUPERPOSITION if shared > CLEAR**2 else Phase.DEDICATED
    return {"length": length, "shared": shared, "phase": int(phase if clear else Phase.IGNORED)}


def _ideal(phase: Phase) -> dict[str, float | int]:
    """Length and superposition of the last feature in theory."""
    length, shared = float(phase != Phase.IGNORED), float(phase == Phase.SUPERPOSITION)
    return {"length": length, "shared": shared, "phase": int(phase)}


def compare(phases: pl.DataFrame) -> pl.DataFrame:
    """One row per cell: phases by source, and how far losses are above the best known.

    other: theory and the best known are in different phases, at losses that differ.
    """
    cell = ["n", "density", "ratio"]
    wide = phases.pivot(on="source", index=cell, values=["phase", "loss", "length", "reached"])
    excess = {
        f"excess_{name}": pl.col(f"loss_{name}") / pl.col("loss_best") - 1
        for name in ("theory", "trained")
    }
    differ = pl.col("phase_theory") != pl.col("phase_best")
    return wide.with_columns(**excess).with_columns(
        other=differ & (pl.col("excess_theory") > TIED), reached=pl.col("reached_trained")
    )


def boundaries(points: int = 200) -> pl.DataFrame:
    """The lines of theory: where the last feature begins to share, and where it is alone.

    With m = 1 the second is the reciprocal of the first; with m = 2, and p up to 4/7, it is r = 1,
    above which the two others share.
    """
    p = np.geomspace(0.01, 1, points)
    low = boundary(p)
    lines = [pl.DataFrame({"n": 2, "density": p, "low": low, "high": 1 / low})]
    lines.append(pl.DataFrame({"n": 3, "density": p, "low": low, "high": np.ones(points)}))
    return pl.concat(lines)


def triple_excess() -> float:
    """How far the loss of theory is above the best known at the triple point, relative to it."""
    best = pair_phases(TRIPLE, 1.0, rng=generator(experiment="toys", kind="triple point"))
    return float(theory_losses(TRIPLE, 1.0)[0] / best.loss - 1)


def judge(cells: pl.DataFrame) -> list[Finding]:
    """Hold theory against the best known: `cells` as `compare` returns."""
    most, found = triple_excess(), []
    for (n,), table in cells.group_by("n", maintain_order=True):
        first = table.sort("excess_theory", descending=True).row(0, named=True)
        shape = f"n = {n}, m = {n - 1}"
        at = f"{shape}, p = {first['density']:.3g}, r = {first['ratio']:.3g}"
        excess, largest = pl.col("excess_theory"), float(first["excess_theory"])
        share = float(np.mean(table["other"].to_numpy()))
        says = [
            ("TMS-phase-theory", "descents reach the loss of theory", "largest excess",
             table.filter(excess < -ROUNDING).height, table.height, largest),
            ("TMS-phase-exact", f"theory is at most {most:.4f} above it, as at p = 4/7, r = 1",
             "largest excess", table.filter(excess > most + TIED).height, table.height, largest),
            ("TMS-phase-exact", f"at most {SHARE:g} of the cells are in another phase", "share",
             int(share > SHARE), 1, share),
        ]  # fmt: skip
        found += [
            Finding(claim, f"{shape}: {what}", tests, failures, quantity, value, at)
            for claim, what, quantity, failures, tests, value in says
        ]
    return found


def lines(cells: pl.DataFrame) -> list[str]:
    """What training reaches, one sentence per diagram."""
    return [
        f"n = {n}: of {table.height} cells, the best trained chain is within 1 % of the best known "
        f"in {table.filter(pl.col('excess_trained') <= SAME).height}; of single chains, "
        f"{100 * float(table['reached'].mean()):.0f} %."  # pyright: ignore[reportArgumentType]
        for (n,), table in cells.group_by("n", maintain_order=True)
    ]
