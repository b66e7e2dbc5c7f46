"""The models of `toy_codes`, and what is measured of each as a code: one pure function.

The code of a model is W restricted to the features it keeps (length above `KEPT`), with their
biases; features that are not kept stay inactive.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lcs.bounds.bracket import bracket
from lcs.bounds.inverse import least_coherence
from lcs.bounds.strong import certified_k
from lcs.codes.packing import pack
from lcs.codes.pairs import lifted_polygon
from lcs.codes.random import gaussian, unit_columns
from lcs.l1.basis_pursuit import Status
from lcs.l1.batch import recovers_each
from lcs.l1.decision import Verdict
from lcs.l1.pursuits import basis_pursuit_each
from lcs.linear.activations import affine_worst_case, relu_worst_case
from lcs.linear.best_biases import relu_biases
from lcs.linear.error import worst_case_error
from lcs.linear.probes import optimal_probes
from lcs.runs.rng import generator
from lcs.superposition.exact import exact_loss
from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.fit import FINE, fit_exact
from lcs.superposition.fit import SAME as SAME_LOSS
from lcs.superposition.geometry import antipodal_pairs
from lcs.superposition.model import Weights, output
from lcs.superposition.train import train

Array = NDArray[np.float64]

KEPT = 0.5
SAME = 1e-6  # relative: l1 solves to 1e-9, and a lost support moves entries by their own size


@dataclass(frozen=True, slots=True)
class Model:
    """One ReLU model: the best of several sampled trainings, or of several exact descents."""

    how: Literal["sampled", "exact"]
    n: int
    m: int
    decay: float
    density: float
    starts: int
    steps: int = 10_000
    trials: int = 100  # random signals for each k
    most: int = 6  # active features
    seed: int = 0


def measure(cell: Model) -> pl.DataFrame:
    """The worst errors of a model's code, of the best codes, and shares recovered, for each k."""
    rng = generator(experiment="toy_codes", how=cell.how, n=cell.n, m=cell.m, decay=cell.decay,
                    density=cell.density, seed=cell.seed)  # fmt: skip
    best, loss, share = _model(cell, rng)
    keep = np.flatnonzero(np.linalg.norm(best.W, axis=0) > KEPT)
    W, b = np.ascontiguousarray(best.W[:, keep]), best.b[keep]
    d, kept = W.shape
    alpha = optimal_probes(W).alpha
    coherence = pack(d, kept, rng=rng, restarts=20).coherence
    least = float(least_coherence(kept, d).value)
    needed = bracket(kept, 1, min(alpha, 1.0), strict=False)
    whole = {
        "loss": loss,
        "share": share,
        "kept": kept,
        "pairs": len(antipodal_pairs(W)),
        "coherence": _coherence(W),
        "coherence_packed": coherence,
        "coherence_least": least,
        "alpha": alpha,
        "alpha_packed": coherence / (1 + coherence),
        "alpha_least": least / (1 + least),
        "d_necessary": needed.d_necessary,
        "d_sufficient": needed.d_sufficient,
        "untied": relu_worst_case(*lifted_polygon(kept), np.zeros(kept), k=1).value
        if kept >= 3
        else float("nan"),
        "certified": certified_k(W, methods=("rows", "exact")).k["exact"],
    }
    rows = [
        {"k": k} | whole | _errors(W, b, k) | _recovered(W, k, cell.trials, rng)
        for k in range(1, min(kept, cell.most) + 1)
    ]
    return pl.DataFrame(rows)


def _model(cell: Model, rng: np.random.Generator) -> tuple[Weights, float, float]:
    """The weights of least exact loss, that loss, and the share of starts that reach it."""
    law = Features.of(
        cell.n, density=cell.density, importance=geometric_importance(cell.n, cell.decay)
    )
    if cell.how == "exact":
        found = fit_exact(law, cell.m, starts=cell.starts, rng=rng)
        return found.weights, found.loss.value, found.share
    seed = int(rng.integers(2**63))
    kept = train(law, cell.m, chains=cell.starts, steps=cell.steps, seed=seed)
    ends = [kept.weights(j) for j in range(cell.starts)]
    losses = np.array([exact_loss(end, law, terms=FINE).value for end in ends])
    best = int(np.argmin(losses))
    return ends[best], float(losses[best]), float(np.mean(losses <= (1 + SAME_LOSS) * losses[best]))


def _coherence(W: Array) -> float:
    V = unit_columns(W)
    return float(np.max(np.abs(V.T @ V - np.diag(np.diag(V.T @ V)))))


def _errors(W: Array, b: Array, k: int) -> dict[str, float]:
    """Worst errors over k-sparse signals: of [0, 1] for ReLU and bias, of [-1, 1] for linear."""
    d, kept = W.shape
    relu = relu_worst_case(W, None, b, k=k)
    # Reading by ReLU with an error below 1/2 is reading by thresholds: d(m, k, 1/2) - 1 at least
    # (LCS-affine-one-dimension). A constant 1/2 has error 1/2.
    hopeless = d < bracket(kept, k, "1/2").d_necessary - 1
    return {
        "relu": relu.value,
        "relu_proved": float(np.max(relu.values - relu.rounding)),
        "best_bias": relu_worst_case(W, None, relu_biases(W, k=k), k=k).value,
        "linear_bias": affine_worst_case(W, None, b, k=k).value,
        **_table(W, b, k),
        "linear": worst_case_error(W, k=k, scale="optimal").value,
        "relu_least": 0.5 if hopeless else 0.0,
    }


def _table(W: Array, b: Array, k: int) -> dict[str, float]:
    """The largest worst error of the linear model in [0, 1], as TMS-worst-case writes it, and seen.

    Each sign of R_i has its own k features; seen is the error of the model at those inputs.
    """
    R = W.T @ W - np.eye(W.shape[1])
    written, seen = 0.0, 0.0
    for sign in (1.0, -1.0):
        parts = np.maximum(sign * R, 0)
        most = np.argsort(-parts, axis=1, kind="stable")[:, :k]
        written = max(written, np.max(sign * b + np.take_along_axis(parts, most, axis=1).sum(1)))
        x = np.zeros_like(R)  # row i: the inputs at which feature i is worst
        np.put_along_axis(x, most, (np.take_along_axis(parts, most, axis=1) > 0) * 1.0, axis=1)
        seen = max(seen, np.max(np.abs(output(Weights(W, b), x, model="linear") - x).diagonal()))
    return {"linear_written": float(written), "linear_seen": float(seen)}


def _recovered(W: Array, k: int, trials: int, rng: np.random.Generator) -> dict[str, float]:
    """Shares of random k-sparse signals that l1 finds again: by W, and by as many Gaussian codes.

    Positive ones are compared with the shortest z >= 0 that is found; signed ones are decided with
    a certificate, and the undecided counted.
    """
    d, kept = W.shape
    supports = np.array([rng.permutation(kept)[:k] for _ in range(trials)])
    values, signs = rng.uniform(0.5, 1, (trials, k)), rng.choice([-1.0, 1.0], (trials, k))
    Z = np.zeros((trials, kept))
    np.put_along_axis(Z, supports, values, axis=1)
    codes = [gaussian(d, kept, rng=rng) for _ in range(trials)]
    shares = {}
    for name, A in (("trained", [W] * trials), ("gaussian", codes)):
        X = [one @ z for one, z in zip(A, Z, strict=True)]
        found = basis_pursuit_each(W if name == "trained" else A, X, nonnegative=True)
        solved = [one.status is Status.SOLVED for one in found]
        same = [np.max(np.abs(one.z - z)) <= SAME for one, z in zip(found, Z, strict=True)]
        decided = recovers_each(W if name == "trained" else A, supports, signs)
        shares[f"l1_positive_{name}"] = float(np.mean(np.array(solved) & same))
        shares[f"l1_positive_open_{name}"] = float(1 - np.mean(solved))
        shares[f"l1_signed_{name}"] = decided.count(Verdict.RECOVERED) / trials
        shares[f"l1_signed_open_{name}"] = decided.count(Verdict.UNDECIDED) / trials
    return shares
