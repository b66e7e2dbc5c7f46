"""The hunt: strong where claims are tight, successful where they are false, silent on rounding."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from experiments import _hunt_bounds, _hunt_geometry, _hunt_linear, _hunt_toys, hunt
from experiments._hunt_pairs import Shape, tops
from experiments._hunt_prey import Prey, exactly, in_rationals
from experiments._hunt_stock import stock
from experiments._hunt_ways import chase
from lcs.bounds.cosines import printed_cosine
from lcs.bounds.rank import chebyshev, monomial
from lcs.claims import CLAIMS
from lcs.codes.random import gaussian
from lcs.linear.error import worst_case_error
from lcs.runs.rng import generator

NEAR = 1e-6  # of slack 0, after the seeded rounds below


def short(prey: Prey, enough: float) -> tuple[float, float]:
    """The measured slack of the best of two rounds, or of the first that comes below enough."""
    best = np.inf, np.inf
    for number in (1, 0):
        rng = generator(hunt=prey.claim, says=prey.says, round=number)
        found = chase(replace(prey, allowed=3000), number, rng)
        best = min(best, prey.measured(found.best))
        if best[1] < enough:
            break
    return best


TIGHT = {
    "LCS-worst-case": _hunt_linear.worst_case(Shape(2, 4, 2)),
    "LCS-probes-dual": _hunt_linear.probes_dual(Shape(2, 4, 1, kernel=True)),
    "LCS-collapse": _hunt_linear.collapse(Shape(2, 4, 2, kernel=True)),
    "LCS-jn-rows": _hunt_linear.certificate(Shape(2, 4, 1, kernel=True), columns=False),
    "LCS-ceiling": _hunt_linear.ceiling(Shape(3, 6, 1), columns=False),
    "LCS-rank-l1": _hunt_bounds.rank(
        "LCS-rank-l1", Shape(3, 6), 1, monomial, _hunt_bounds.of_power
    ),
    "LCS-rank-l2": _hunt_bounds.rank(
        "LCS-rank-l2", Shape(2, 3), 1, chebyshev, _hunt_bounds.of_chebyshev
    ),
    "LCS-levenshtein": _hunt_bounds.lines(3, 6),
    "GKP26-prop9": _hunt_geometry.shifted(2, 0.5),
    "LCS-geometry-norms": next(
        prey for prey in _hunt_geometry.prey() if prey.claim == "LCS-geometry-norms"
    ),
    "LCS-geometry-2d": _hunt_geometry.lifted("own"),
    "TMS-dimensionality-sum": _hunt_toys.dimensionality_sum(2, 5),
}


@pytest.mark.parametrize("claim", TIGHT)
def test_a_short_hunt_comes_near_the_slack_of_tight_claims(claim: str) -> None:
    prey = TIGHT[claim]
    assert prey.claim == claim
    assert prey.tight
    low, high = short(prey, NEAR)
    assert high >= 0
    assert low < NEAR


def test_dimensionalities_add_up_to_m_at_tight_frames() -> None:
    prey = TIGHT["TMS-dimensionality-sum"]
    rng = generator(hunt=prey.claim, says=prey.says, round=0)
    W = chase(prey, 0, rng).best[:10].reshape(2, 5)
    F = W @ W.T
    moved = np.abs(F @ W - W * (np.diag(W.T @ F @ W) / np.diag(W.T @ W))).max()
    assert moved < 1e-4 * np.abs(F @ W).max()  # every W_i an eigenvector of W W^T


def with_parts(prey: Prey, parts) -> Prey:
    return replace(prey, parts=parts, measured=in_rationals(parts))


def quick(prey: Prey, *, allowed: int = 300) -> dict[tuple[str, str], Prey]:
    """A stock of one prey that is soon hunted."""
    return {(prey.claim, prey.says): replace(prey, allowed=allowed)}


def a_smaller_rank() -> Prey:
    """rank > m^2/||X||^2 with m + 1/10 in place of m: false at every tight frame."""
    prey = TIGHT["LCS-rank-l1"]
    return with_parts(prey, lambda x: prey.parts(x) - Fraction(1, 60))


def half_the_top_sum() -> Prey:
    """Errors of k = 2 as if they were those of k = 1."""
    shape = Shape(2, 4, 2)

    def parts(x: NDArray) -> NDArray:
        M, z = shape.residual(x), shape.take(x)[2]
        z = np.maximum(np.minimum(z, 1), -1)
        z[np.argsort(np.abs(z), kind="stable")[:2]] = 0
        return tops(M, 1) - np.max(np.abs(M @ z))

    return with_parts(TIGHT["LCS-worst-case"], parts)


def probes_with_a_sign_changed() -> Prey:
    """z_1 >= ||e_1 - A^T y||_inf ||z||_1, the other way round."""
    prey = TIGHT["LCS-probes-dual"]
    return with_parts(prey, lambda x: np.array([-np.max(prey.parts(x))]))


def columns_against_more_than_their_share() -> Prey:
    """1.01 times the kernel's share at k = 1."""
    shape = Shape(2, 4, 1, kernel=True)

    def parts(x: NDArray) -> NDArray:
        z = np.abs(shape.take(x)[2])
        return tops(shape.residual(x).T, 1) - z.max() * Fraction(101, 100) / z.sum()

    return with_parts(TIGHT["LCS-jn-rows"], parts)


def the_printed_mu() -> Prey:
    """Proposition 9 as printed: eps = k mu (1 + lam^2)."""
    return _hunt_geometry.shifted(2, 0.5, printed=True)


def the_printed_cosine() -> Prey:
    """Proposition 11 as printed, at k = 1 with any lengths."""
    return _hunt_geometry.cosine(
        "GKP26-prop11", 1, "printed", printed_cosine, _hunt_geometry.enclosed_printed
    )


def dimensionalities_below_their_rank() -> Prey:
    """sum D_i <= m - 1/100."""
    prey = TIGHT["TMS-dimensionality-sum"]

    def exact(x: NDArray) -> NDArray:
        G = x[:10].reshape(2, 5).T @ x[:10].reshape(2, 5)
        return np.array([Fraction(99, 100) - (np.diag(G) ** 2 / (G * G).sum(axis=1)).sum() / 2])

    return replace(prey, parts=lambda x: prey.parts(x) - 0.01, measured=in_rationals(exact))


FALSE = (
    a_smaller_rank,
    half_the_top_sum,
    probes_with_a_sign_changed,
    columns_against_more_than_their_share,
    the_printed_mu,
    the_printed_cosine,
    dimensionalities_below_their_rank,
)


@pytest.mark.parametrize("make", FALSE, ids=lambda make: make.__name__)
def test_the_same_hunt_finds_counterexamples_to_false_variants(make) -> None:
    assert short(make(), 0)[1] < 0


def test_rounding_is_no_counterexample() -> None:
    """At W = (1, 1, 1) floats can add up to more than 1; the measure says what is true."""
    prey = _hunt_toys.dimensionality_sum(1, 3)
    rng = np.random.default_rng(0)
    points = [np.concatenate([rng.standard_normal(3), np.zeros(3)]) for _ in range(200)]
    assert any(prey.slack(x) < 0 for x in points)
    assert all(prey.measured(x)[1] >= 0 for x in points)


@pytest.mark.parametrize("key", list(stock()), ids=lambda key: key[0])
def test_every_prey_measures_what_it_hunts(key: tuple[str, str]) -> None:
    """The slack that is descended and the one that is measured are the same number."""
    prey = stock()[key]
    assert prey.claim in CLAIMS
    x = prey.start(generator(test="prey", claim=prey.claim, says=prey.says))
    low, high = prey.measured(x)
    assert low <= high
    if np.isfinite(low):
        size = 1 + abs(low)
        assert prey.slack(x) >= low - 1e-9 * size
    assert prey.at(x)


def test_top_sums_are_the_worst_case_error() -> None:
    A = gaussian(3, 6, rng=np.random.default_rng(0))
    for k in (1, 2, 4):
        found = np.max(tops(exactly(A).T @ exactly(A) - np.eye(6, dtype=int), k))
        worst = worst_case_error(A, k=k)
        assert worst.lower <= found <= worst.upper


def test_the_experiment_goes_on_where_it_ended(tmp_path: Path, capsys, monkeypatch) -> None:
    """Two rounds at once, or one and one more: the same file, but for where it comes from."""
    found, few = [], quick(_hunt_bounds.volume(Shape(2, 3)))
    monkeypatch.setattr(hunt, "stock", lambda: few)
    for folder, steps in (("once", (2,)), ("twice", (1, 2))):
        for rounds in steps:
            arguments = ["--claims", "LCS-volume", "--rounds", str(rounds), "--results"]
            assert hunt.main([*arguments, str(tmp_path / folder)]) == 0
        found.append(json.loads((tmp_path / folder / "hunt" / "LCS-volume.json").read_text()))
    assert "holds" in capsys.readouterr().out
    assert found[0]["slacks"] == found[1]["slacks"]
    assert found[0]["claim"] == "LCS-volume"
    assert set(found[0]["slacks"][0]) == {
        "says", "least_slack", "relative", "at", "evaluations", "tight", "violated",
    }  # fmt: skip
    assert found[0]["provenance"].keys() >= {"commit", "source", "command", "created"}


def test_no_budget_and_no_such_claim(tmp_path: Path, capsys) -> None:
    results = ["--results", str(tmp_path)]
    assert hunt.main(["--claims", "LCS-volume", "--budget", "0", *results]) == 0
    assert "3 inequalities were not reached" in capsys.readouterr().out
    assert hunt.main(["--claims", "NONE", *results]) == 2
    assert "no inequality of NONE" in capsys.readouterr().err


def test_a_violation_is_told_and_fails(tmp_path: Path, capsys, monkeypatch) -> None:
    false = quick(dimensionalities_below_their_rank(), allowed=1000)
    monkeypatch.setattr(hunt, "stock", lambda: false)
    assert hunt.main(["--rounds", "1", "--results", str(tmp_path)]) == 1
    assert "VIOLATED: TMS-dimensionality-sum" in capsys.readouterr().out
    stored = json.loads((tmp_path / "hunt" / "TMS-dimensionality-sum.json").read_text())
    assert stored["slacks"][0]["violated"]
