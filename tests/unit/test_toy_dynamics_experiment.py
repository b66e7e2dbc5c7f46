"""The experiment on dynamics, attacks and neurons, from cells to figures, on tiny models."""

from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from experiments import _toy_dynamics_cells as cells
from experiments import _toy_dynamics_verdicts as verdicts
from experiments import toy_dynamics as experiment
from lcs.superposition.model import Weights, batch_loss

COURSE = cells.Course(n=4, m=2, chains=2, steps=400, records=20)
ATTACKS = tuple(cells.Attack(p, n=4, m=2, steps=200, inputs=20) for p in (1.0, 0.1))
MODELS = tuple(
    cells.Neurons(p, model, n=4, m=2, chains=2, steps=100, inputs=200)
    for model in ("hidden-relu-tied", "relu", "absolute")
    for p in (1.0, 0.1)
)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(experiment.COURSES, "quick", (COURSE,))
    monkeypatch.setitem(experiment.ATTACKS, "quick", ATTACKS)
    monkeypatch.setitem(experiment.MODELS, "quick", MODELS)
    # Fonts in a PDF take longer than all else here.
    monkeypatch.setattr(experiment, "draw", partial(experiment.draw, suffixes=(".png",)))


@pytest.mark.usefixtures("tiny")
def test_a_run_writes_tables_verdicts_and_figures(tmp_path: Path) -> None:
    assert experiment.main(["--results", str(tmp_path), "--workers", "1"]) == 0
    folder = tmp_path / "toy-dynamics-quick"
    figures = {f"{name}.png" for name in ("dynamics", "attacks", "basis", "absolute")}
    assert figures <= {path.name for path in folder.iterdir()}
    table = pl.read_parquet(folder / "verdict-toy-dynamics.parquet")
    assert set(table["claim"]) == {
        "TMS-dynamics-jumps",
        "TMS-adversarial-dstar",
        "TMS-privileged-basis",
        "TMS-computation-abs",
    }


def test_idle_inputs_are_counted_not_drawn() -> None:
    cell = cells.Neurons(0.1, "hidden-relu", n=4, m=2)
    law = cells.law_of(cell)
    sampled = cells.Sampled(law, cell.model, 40_000, np.random.default_rng(0))
    rng = np.random.default_rng(1)
    W, b, out = rng.normal(size=(2, 4)), rng.normal(size=4), rng.normal(size=(4, 2))
    weights = Weights(W, b, out)
    x = law.sample(40_000, rng=rng)
    plain = batch_loss(weights, x, model=cell.model, importance=law.importance)
    spread = [
        batch_loss(weights, part, model=cell.model, importance=law.importance)
        for part in np.split(x, 40)
    ]
    # Two means of as many inputs: six standard errors of their difference.
    assert abs(sampled(weights)[0] - plain) < 6 * np.sqrt(2) * np.std(spread) / np.sqrt(40)


def test_a_descent_goes_down_and_its_gradient_is_that_of_its_loss() -> None:
    cell = cells.Neurons(0.3, "absolute", n=4, m=4)
    sampled = cells.Sampled(cells.law_of(cell), cell.model, 200, np.random.default_rng(0))
    rng = np.random.default_rng(2)
    start = Weights(rng.normal(size=(4, 4)), rng.normal(size=4), rng.normal(size=(4, 4)))
    end = sampled.descend(start)
    assert sampled(end)[0] < sampled(start)[0] / 2
    step = 1e-6
    moved = Weights(start.W, start.b + step * np.eye(4)[0], start.W_out)
    back = Weights(start.W, start.b - step * np.eye(4)[0], start.W_out)
    slope = (sampled(moved)[0] - sampled(back)[0]) / (2 * step)
    assert abs(slope - sampled(start)[1][16]) < 1e-4


def test_neurons_are_stored_up_to_their_scale() -> None:
    table = pl.DataFrame(
        {"neuron": [0, 0, 1, 1], "feature": [0, 1, 0, 1], "weight": [5.0, 0.0, 1.0, 1.0]}
    ).with_columns(model=pl.lit("absolute"), density=1.0, n=2, m=2, decay=1.0, loss=1 / 24)
    row = verdicts.neuron_table(table).row(0, named=True)
    assert row["monosemantic"] == 0.5
    assert row["relative"] == pytest.approx(0.5)  # one feature of variance 1/12 is left


def leap(before: float, after: float) -> pl.DataFrame:
    """One feature that jumps at step 100, where the loss halves; 40 records a decade."""
    steps = np.unique(np.rint(np.geomspace(10, 1000, 81)).astype(int))
    late = steps > 100
    return pl.DataFrame(
        {
            "step": steps,
            "feature": 0,
            "D": np.where(late, after, before),
            "loss": np.where(late, 0.5, 1.0),
        }
    )


def test_a_step_of_the_loss_within_a_jump_is_steepest() -> None:
    found = verdicts.leaps(leap(1.0, 0.5))
    assert len(found) == 1
    assert found[0].begin <= 100 < found[0].end
    assert found[0].steepest
    assert verdicts.leaps(leap(0.55, 0.5)) == []
