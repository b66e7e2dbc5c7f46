"""The experiment on how features share dimensions end to end, and its judges on doctored tables."""

from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments import _toy_geometry_verdicts as verdicts
from experiments import _toy_pairs, toy_geometry
from lcs.runs.store import Store
from lcs.superposition.exact import exact_loss
from lcs.superposition.model import Weights

PAIRS = tuple(
    _toy_pairs.Pairs(kind, p, 12)  # pyright: ignore[reportArgumentType]
    for kind, densities in {
        "correlated": (0.1, 0.5),
        "anticorrelated": (0.1, 0.5),
        "side by side": (0.03, 0.1, 0.3, 0.5, 1.0),
    }.items()
    for p in densities
)
MANY = tuple(toy_geometry.Many(1 / s, 30, 3, steps=1500) for s in (2.5, 3.0, 6.0))
SHAPES = tuple(toy_geometry.Shapes(p, 6) for p in (0.15, 0.3))
FIGURES = {"pairs", "collapse-strip", "dimensionality", "pentagon-digons"}
TABLES = {"pairs", "many", "shapes", "crossing", "verdict-toy-geometry"}


@pytest.fixture(autouse=True, scope="module")
def tiny():
    with pytest.MonkeyPatch.context() as patch:
        for name, cells in (("PAIRS", PAIRS), ("MANY", MANY), ("SHAPES", SHAPES)):
            patch.setitem(getattr(toy_geometry, name), "quick", cells)
        draw = partial(toy_geometry.draw, suffixes=(".png",))  # fonts in a PDF take long
        patch.setattr(toy_geometry, "draw", draw)
        patch.setattr(toy_geometry, "SHOWN", (0.1, 0.5))
        patch.setattr(toy_geometry, "STRIP", (0.1, 0.5, 1.0))
        yield


@pytest.fixture(scope="module")
def results(tiny, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    folders = ["--results", str(folder), "--docs", str(folder / "docs")]
    assert toy_geometry.main([*folders, "--workers", "1"]) == 0
    return folder


@pytest.fixture(scope="module")
def pairs(results: Path) -> pl.DataFrame:
    return Store(results / "cells").scan(PAIRS)


def test_a_run_leaves_every_table_and_figure(results: Path) -> None:
    folder = results / "toy-geometry-quick"
    figures = {f"{name}.png" for name in FIGURES}
    assert {path.name for path in folder.iterdir()} == figures | {f"{t}.parquet" for t in TABLES}
    assert {path.name for path in (results / "docs").iterdir()} == {
        f"{f}.png" for f in toy_geometry.README
    }


def test_stored_weights_have_the_stored_loss(pairs: pl.DataFrame) -> None:
    """So turning and reordering kept weights and biases together."""
    for cell in PAIRS:
        rows = pairs.filter((pl.col("kind") == cell.kind) & (pl.col("density") == cell.density))
        weights = Weights(rows.select("x", "y").to_numpy().T.copy(), rows["bias"].to_numpy())
        again = exact_loss(weights, _toy_pairs.law(cell), terms=128).value
        assert again == pytest.approx(rows["loss"][0], rel=1e-9, abs=1e-12)


@given(st.integers(2, 3), st.integers(0, 2**32 - 1), st.floats(0, 7), st.booleans())
def test_one_orientation_whatever_the_rotation(
    count: int, seed: int, turn: float, flip: bool
) -> None:
    W = np.random.default_rng(seed).standard_normal((2, 2 * count))
    Q = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    if flip:
        Q = Q[:, ::-1]
    order, V = _toy_pairs._oriented(W)
    assert sorted(order) == list(range(2 * count))
    np.testing.assert_allclose(V.T @ V, (W.T @ W)[np.ix_(order, order)], atol=1e-12)
    _, turned = _toy_pairs._oriented(Q @ W)
    np.testing.assert_allclose(turned, V, atol=1e-6 * np.abs(W).max())


def of(found: list, claim: str) -> list[tuple[int, int]]:
    return [(one.tests, one.failures) for one in found if one.claim == claim]


def test_what_the_slides_say_is_judged_row_by_row(pairs: pl.DataFrame) -> None:
    found = verdicts.judge_pairs(pairs)
    assert of(found, "TMS-correlated-orthogonal") == [(4, 0)]
    assert of(found, "TMS-anticorrelated-opposite") == [(8, 0)]
    assert of(found, "TMS-correlated-side-by-side") == [(6, 0), (6, 6)]
    assert of(found, "TMS-collapse") == [(4, 0), (24, 0)]
    assert of(found, "TMS-collapse-0") == [(1, 0), (1, 0)]  # in the talk, and as corrected
    assert of(found, "TMS-collapse-1") == [(1, 0), (1, 0)]
    assert of(found, "TMS-collapse-2") == [(0, 0), (1, 0)]
    assert of(found, "TMS-collapse-3") == [(2, 1), (1, 0)]
    assert of(found, "TMS-pca-like") == [(1, 0)]


def test_doctored_pairs_fail(pairs: pl.DataFrame) -> None:
    spoilt = pairs.with_columns(pl.lit(120.0).alias("angle"), ~pl.col("collapsed"))
    found = verdicts.judge_pairs(spoilt.with_columns(likeness=1 - pl.col("likeness")))
    assert of(found, "TMS-correlated-orthogonal") == [(4, 4)]
    assert of(found, "TMS-anticorrelated-opposite") == [(8, 8)]
    assert of(found, "TMS-correlated-side-by-side") == [(6, 6), (6, 6)]
    assert of(found, "TMS-collapse") == [(4, 4), (24, 0)]
    assert [of(found, f"TMS-collapse-{said}")[1] for said in range(4)] == [(1, 1)] * 4
    tilted = verdicts.judge_pairs(pairs.with_columns(angle=pl.lit(30.0)))
    assert of(tilted, "TMS-collapse")[1] == (24, 24)
    assert of(found, "TMS-pca-like") == [(1, 1)]


def test_dimensionalities_are_judged(results: Path) -> None:
    many = Store(results / "cells").scan(MANY)
    found = verdicts.judge_dimensions(many)
    assert [failures for _, failures in of(found, "TMS-dstar-half")] == [0, 0]
    assert [failures for _, failures in of(found, "TMS-plateaus")] == [0, 0]
    assert of(found, "TMS-dimensionality-sum") == [(3, 0)]
    doubled = verdicts.judge_dimensions(many.with_columns(pl.col("D") * 2))
    assert of(doubled, "TMS-dimensionality-sum") == [(3, 3)]
    shifted = many.with_columns(pl.col("D") + 0.06, pl.col("D_star") * 1.3)
    found = verdicts.judge_dimensions(shifted)
    assert all(tests == failures for tests, failures in of(found, "TMS-dstar-half"))
    assert of(found, "TMS-plateaus")[0][1] > 0
    assert of(found, "TMS-plateaus")[1][0] == of(found, "TMS-plateaus")[1][1] > 0


def test_shapes_are_judged_on_their_side_of_the_meeting(results: Path) -> None:
    shapes = Store(results / "cells").scan(SHAPES)
    for crossing, gain, failures in ((0.2249, 1.0, 0), (0.1, 1.0, 1), (0.2249, 0.99, 2)):
        doctored = shapes.with_columns(pl.col("best") * gain)
        (one,) = verdicts.judge_meeting(doctored, crossing)
        assert (one.tests, one.failures) == (2, failures)


def test_profiles_hold_different_cells(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for cells in (toy_geometry.PAIRS, toy_geometry.MANY, toy_geometry.SHAPES):
        assert len({store.key(cell) for cell in cells["paper"]}) == len(cells["paper"])
