"""Losses of the stored models on fresh inputs, and the parts of them by active features.

The exact losses of both models are formulas of this project; here each is held against inputs drawn
anew, and the formula of the talk for one active feature against the whole loss.
"""

import numpy as np
import polars as pl

from lcs.findings import Finding
from lcs.runs.rng import generator
from lcs.superposition.exact import exact_loss
from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.fit import FINE
from lcs.superposition.model import Weights, output
from lcs.superposition.one_sparse import loss_by_active

INPUTS = 40_000
ERRORS = 6.0  # standard errors: a chance of 2e-9 for one test, were they normal
ALMOST = 0.9  # of the loss: below this the formula for one active feature is no approximation


def losses(stacks: pl.DataFrame) -> pl.DataFrame:
    """One row per best model of 20 features: its loss as ReLU and as linear model, both sampled.

    model: "relu", W and b as stored; "linear", the same W with the best bias, whose exact loss is
    the formula of the talk. none, one, many: the parts of the ReLU loss by active features.
    """
    best = (pl.col("source") == "best") & (pl.col("model") == "relu")
    keys = ["n", "decay", "density"]
    largest = stacks.filter(best).filter(pl.col("n") == pl.col("n").max())
    groups = largest.group_by(keys, maintain_order=True)
    rows = []
    for (n, decay, density), table in groups:
        table = table.sort("i")
        law = Features.of(n, density=density, importance=geometric_importance(n, decay))
        W, b = np.array(table["code"].to_list()).T, table["bias"].to_numpy()
        x = law.sample(INPUTS, rng=generator(experiment="toys", kind="losses", density=density))
        place = {"n": n, "m": len(W), "density": density}
        parts = loss_by_active(Weights(W, b), law, terms=FINE)
        total = exact_loss(Weights(W, b), law, terms=FINE)
        shares = dict(zip(("none", "one", "many"), np.array(parts) / total.value, strict=True))
        sampled = _sampled(Weights(W, b), x, law, "relu")
        rows.append({**place, "model": "relu", "exact": total.value, **sampled, **shares})
        G = W.T @ W
        linear = Weights(W, law.mean - G @ law.mean)
        sampled = _sampled(linear, x, law, "linear")
        rows.append({**place, "model": "linear", "exact": _talk(G, law), **sampled})
    return pl.DataFrame(rows)


def _talk(G: np.ndarray, law: Features) -> float:
    """(p/3 - p^2/4) (sum_i I_i (1 - |W_i|^2)^2 + sum_{i != j} I_j (W_j . W_i)^2), as written."""
    p, I = float(law.density[0]), law.importance
    benefit = float(I @ (1 - np.diag(G)) ** 2)
    interference = float(np.sum(I[None, :] * (G - np.diag(np.diag(G))) ** 2))
    return (p / 3 - p**2 / 4) * (benefit + interference)


def _sampled(weights: Weights, x: np.ndarray, law: Features, model: str) -> dict[str, float]:
    y = output(weights, x, model=model)  # pyright: ignore[reportArgumentType]
    each = (x - y) ** 2 @ law.importance
    return {"sampled": float(each.mean()), "error": float(each.std() / np.sqrt(len(x)))}


def judge(table: pl.DataFrame) -> list[Finding]:
    """Hold exact losses against sampled ones, and one active feature against all: see `losses`."""
    if table.is_empty():
        return []
    table = table.with_columns(
        away=(pl.col("sampled") - pl.col("exact")).abs() / pl.col("error"),
        missed=1 - pl.col("one"),
    )
    linear, relu = (table.filter(pl.col("model") == name) for name in ("linear", "relu"))
    away, sparse = pl.col("away") > ERRORS, relu.filter(pl.col("density") <= 0.1)
    agree = "the sampled loss is the exact one, to 6 standard errors"
    cases = [
        ("TMS-linear-loss-exact", f"{agree}: an equality at every p", linear, away, "away",
         "largest difference, standard errors"),
        ("TMS-relu-loss-exact", agree, relu, away, "away", "largest difference, standard errors"),
        ("TMS-one-sparse-loss", f"one active feature carries {ALMOST:g} of the loss, p ≤ 0.1",
         sparse, pl.col("one") < ALMOST, "missed", "largest share of the loss elsewhere"),
        ("TMS-one-sparse-loss", f"and where p ≤ {sparse['density'].min():g}, as corrected",
         sparse.filter(pl.col("density") == pl.col("density").min()), pl.col("one") < ALMOST,
         "missed", "largest share of the loss elsewhere"),
    ]  # fmt: skip
    return [_finding(*case) for case in cases if case[2].height]


def _finding(
    claim: str, says: str, table: pl.DataFrame, failed: pl.Expr, extreme: str, quantity: str
) -> Finding:
    first = table.sort(extreme, descending=True).row(0, named=True)
    at = f"n = {first['n']}, p = {first['density']:g}"
    failures = table.filter(failed).height
    return Finding(claim, says, table.height, failures, quantity, float(first[extreme]), at)
