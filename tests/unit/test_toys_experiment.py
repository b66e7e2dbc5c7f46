"""The toy experiment end to end on a small profile, and what it counts."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from experiments import _toy_phases, _toy_stack_findings, _toy_stacks, toys
from experiments._toy_phases import PhaseRow
from experiments._toy_stacks import Stack
from lcs.runs.store import Store
from lcs.superposition.exact import exact_loss
from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.loss_linear import linear_optimum
from lcs.superposition.model import Weights
from lcs.superposition.phase import theory_losses

FAST: dict[str, Any] = {"chains": 2, "starts": 1, "polished": 1, "steps": 60, "batch": 32}
SMALL = toys.Profile(
    (
        Stack(1.0, 20, 1, 0.7, **FAST),
        Stack(0.1, 20, 1, 0.7, **FAST),
        Stack(0.1, 6, 2, 0.7, model="linear", **FAST),
        Stack(0.2, 5, 2, 0.9, **FAST),
    ),
    tuple(PhaseRow(p, 2, n, 2, 60, 32) for n in (2, 3) for p in (0.5, 0.1)),
)
TABLES = ("stacks", "models", "losses", "phases", "cells", "boundaries", "verdict-toys")
FIGURES = ("toy-stack", "toy-linear", "toy-features", "toy-losses", "toy-phases")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("results")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(toys.PROFILES, "quick", SMALL)
        # Fonts in a PDF take longer than all else here.
        patch.setattr(toys, "draw", partial(toys.draw, suffixes=(".png",)))
        folders = ["--results", str(folder), "--docs", str(folder / "docs")]
        assert toys.main([*folders, "--workers", "1"]) == 0
        yield folder


@pytest.fixture(scope="module")
def table(results: Path):
    return lambda name: pl.read_parquet(results / "toys-quick" / f"{name}.parquet")


def test_a_run_leaves_every_table_and_figure(results: Path) -> None:
    names = {path.name for path in (results / "toys-quick").iterdir()}
    drawn = {f"{name}.png" for name in FIGURES}
    assert names == {f"{name}.parquet" for name in TABLES} | drawn
    assert {path.name for path in (results / "docs").iterdir()} == {f"{n}.png" for n in toys.README}


def test_cells_are_pure_functions_of_their_fields(table) -> None:
    cell, row = SMALL.stacks[2], SMALL.phases[1]
    stored = table("stacks").filter(model="linear")
    again = _toy_stacks.stack(cell)
    assert_frame_equal(stored.select(again.columns), again, check_exact=True)
    again = _toy_phases.phase_row(row)
    stored = table("phases").filter(n=row.n, density=row.density)
    assert_frame_equal(stored.select(again.columns), again, check_exact=True)


def test_losses_are_those_of_the_stored_models_and_the_best_are_no_worse(table) -> None:
    for _, rows in table("stacks").group_by("n", "density", "model", "source"):
        first = rows.row(0, named=True)
        rows = rows.sort("i")
        law = Features.of(
            first["n"],
            density=first["density"],
            importance=geometric_importance(first["n"], first["decay"]),
        )
        weights = Weights(np.array(rows["code"].to_list()).T, rows["bias"].to_numpy())
        found = exact_loss(weights, law, model=first["model"], terms=128).value
        assert found == pytest.approx(first["loss"], rel=1e-9)
        np.testing.assert_allclose(
            np.array(rows["gram"].to_list()), weights.W.T @ weights.W, rtol=0, atol=1e-12
        )
    losses = table("models").pivot(on="source", index=["n", "density", "model"], values="loss")
    assert (losses["best"] <= losses["trained"]).all()


def test_what_models_keep_is_counted() -> None:
    """Three orthogonal features, one of them in an antipodal pair, and two that are not kept."""
    W = np.zeros((3, 6))
    W[0, 0], W[1, 1], W[2, 2], W[2, 3] = 1, 1, 1, -0.9
    rows = {
        "i": range(6),
        "bias": [0.0, 0.0, -0.1, 0.0, 0.1, 0.2],
        "length": np.linalg.norm(W, axis=0),
    }
    G = W.T @ W
    shared = [0.0, 0.0, 0.81, 1.0, 0.0, 0.0]
    rows |= {"shared": shared, "code": W.T.tolist(), "gram": G.tolist(), "loss": 0.3}
    keys = {"n": 6, "m": 3, "decay": 0.5, "model": "relu", "density": 0.2, "source": "best"}
    row = _toy_stacks.summary(pl.DataFrame(rows | {"reached": 1.0} | keys)).row(0, named=True)
    assert (row["kept"], row["top"], row["alone"], row["pairs"]) == (4, True, 2, ["2-3"])
    assert (row["interference"], row["lowest"]) == (0, -0.1)
    assert row["off"] == pytest.approx(0.9)
    assert row["extreme"] == pytest.approx(0.5)
    law = Features.of(6, density=0.2, importance=geometric_importance(6, 0.5))
    assert row["linear"] == pytest.approx(0.3 / linear_optimum(law, 3))


def test_cells_compare_theory_with_the_best_known(table) -> None:
    cells = table("cells")
    assert cells.height == 8
    for row in cells.iter_rows(named=True):
        theory = theory_losses(row["density"], row["ratio"], m=row["n"] - 1).min()
        assert row["loss_theory"] == pytest.approx(theory, rel=1e-14)
        assert row["loss_best"] <= theory * (1 + 1e-9)
        assert row["excess_theory"] == pytest.approx(theory / row["loss_best"] - 1, abs=1e-12)


def test_a_loss_of_theory_below_the_best_known_is_a_failure(table) -> None:
    wrong = table("cells").with_columns(
        excess_theory=pl.when(pl.col("n") == 3).then(-1e-3).otherwise("excess_theory")
    )
    verdicts = {one.says[:5]: one for one in _toy_phases.judge(wrong) if "theory" in one.claim}
    assert verdicts["n = 2"].failures == 0
    assert verdicts["n = 3"].failures == 4


def test_failures_of_claims_are_seen(table) -> None:
    good = {one.says: one.failures for one in _toy_stack_findings.judge(table("models"))}
    spoiled = table("models").with_columns(
        top=pl.lit(False), extreme=pl.lit(0.5), alone=pl.lit(0), pairs=pl.lit(["0-1"])
    )
    bad = {one.says: one for one in _toy_stack_findings.judge(spoiled)}
    assert good.keys() == bad.keys()
    assert len(good) >= 4
    linear = [one for one in bad.values() if one.claim in ("TMS-linear-top-m", "TMS-relu-dense")]
    assert all(one.failures == one.tests for one in linear)


def test_profiles_hold_different_cells(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for profile in toys.PROFILES.values():
        for cells in (profile.stacks, profile.phases):
            assert len({store.key(cell) for cell in cells}) == len(cells)
