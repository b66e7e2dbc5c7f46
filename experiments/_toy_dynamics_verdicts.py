"""Claims on dynamics, attacks and neurons held against the tables of their experiment."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from lcs.findings import Finding
from lcs.superposition.dynamics import jumps
from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.neurons import apart_loss, largest_shares

MONOSEMANTIC = 0.9  # of the squared weights of a neuron on one feature
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Leap:
    """A jump of one feature between two steps, and the fall of ln loss before, within, after."""

    feature: int
    begin: float
    end: float
    falls: tuple[float, float, float]

    @property
    def steepest(self) -> bool:
        """Whether the loss falls more within the jump than in either window beside it."""
        return self.falls[1] > max(self.falls[0], self.falls[2])


def leaps(chain: pl.DataFrame) -> list[Leap]:
    """The jumps of one chain. Parameters: chain: step, feature, D, loss."""
    wide = chain.pivot(on="feature", index=["step", "loss"], values="D").sort("step")
    steps, log_loss = wide["step"].to_numpy().astype(float), np.log(wide["loss"].to_numpy())
    found = []
    for jump in jumps(steps, wide.drop("step", "loss").to_numpy()):
        begin, end = float(steps[jump.begin]), float(steps[jump.end])
        times = np.log([begin * begin / end, begin, end, end * end / begin])
        falls = -np.diff(np.interp(times, np.log(steps), log_loss))
        found.append(Leap(jump.column, begin, end, tuple(falls.tolist())))
    return found


def by_jumps(courses: pl.DataFrame) -> list[tuple[int, list[Leap]]]:
    """Every chain of one law with its jumps, those with the most first."""
    chains = [(c, leaps(courses.filter(pl.col("chain") == c))) for c in range(_count(courses))]
    return sorted(chains, key=lambda one: -len(one[1]))


def neuron_table(neurons: pl.DataFrame) -> pl.DataFrame:
    """One row per model: the share of monosemantic neurons, and the loss relative to apart_loss.

    Parameters: neurons, one row per weight: model, density, n, m, decay, neuron, feature, weight,
    loss. `relative` is null where the model is not "absolute".
    """
    rows = []
    keys = ["model", "density", "n", "m", "decay"]
    for key, table in neurons.group_by(keys, maintain_order=True):
        model, density, n, m, decay = key
        W = table.sort("neuron", "feature")["weight"].to_numpy().reshape(m, n)
        relative = None
        if model == "absolute":
            importance = geometric_importance(n, decay)
            law = Features.of(n, density=density, importance=importance, signed=True)
            relative = float(table["loss"][0]) / apart_loss(law, m)
        alone = float(np.mean(largest_shares(W) > MONOSEMANTIC))
        rows.append(
            dict(zip(keys, key, strict=True)) | {"monosemantic": alone, "relative": relative}
        )
    return pl.DataFrame(rows, schema_overrides={"relative": pl.Float64})


def with_alone(neurons: pl.DataFrame) -> pl.DataFrame:
    """The rows with the column alone: whether the neuron is monosemantic.

    Parameters: neurons, as `neuron_table` takes them.
    """
    square = pl.col("weight") ** 2
    one = ["model", "density", "n", "m", "decay", "neuron"]
    return neurons.with_columns(
        alone=square.max().over(one) > MONOSEMANTIC * square.sum().over(one)
    )


def judge(tables: dict[str, pl.DataFrame]) -> list[Finding]:
    """Every claim of the experiment against its tables: courses, attacks, neurons."""
    return [
        *_judge_jumps(tables["courses"]),
        *_judge_attacks(tables["attacks"]),
        *_judge_neurons(neuron_table(tables["neurons"])),
    ]


def _judge_jumps(courses: pl.DataFrame) -> list[Finding]:
    found = []
    for key, table in courses.group_by("n", "m", "density", maintain_order=True):
        chains = by_jumps(table)
        every = [leap for _, one in chains for leap in one]
        at = f"n = {key[0]}, m = {key[1]}, p = {key[2]:g}"
        share = float(np.mean([bool(one) for _, one in chains]))
        says = "at least half of the chains have a feature that jumps"
        found.append(_one("TMS-dynamics-jumps", says, [share >= 0.5], "share", share, at))
        steep = [leap.steepest for leap in every]
        says = "the loss falls more within a jump than just before and just after it"
        share = float(np.mean(steep)) if steep else float("nan")
        found.append(_one("TMS-dynamics-jumps", says, steep, "share", share, at))
    return found


def _judge_attacks(attacks: pl.DataFrame) -> list[Finding]:
    rows = attacks.sort("density", descending=True)
    claim = "TMS-adversarial-dstar"
    reach, features, seen, p = (
        rows[name].to_numpy() for name in ("reach", "features_per_dimension", "seen", "density")
    )
    excess = reach / features
    k = int(np.argmax(excess))
    found = [
        _one(
            claim,
            "the mean squared reach of one output is at least 1/D*",
            (excess >= 1 - ROUNDING).tolist(),
            "largest ratio",
            float(excess[k]),
            f"p = {p[k]:g}",
        ),
        _one(
            claim,
            "no attack is seen beyond the bound on the loss",
            (rows["crossed"] == 0).to_list(),
            "largest ratio of bound to seen",
            float((rows["bound"] / rows["seen"]).max()),  # pyright: ignore[reportArgumentType]
            f"p = {p[int((rows['bound'] / rows['seen']).arg_max())]:g}",  # pyright: ignore[reportArgumentType]
        ),
    ]
    tracks = np.diff(seen) * np.diff(features) > 0
    top = int(np.argmax(seen))
    says = "the rise of the loss that attacks are seen to reach goes up and down with 1/D*"
    quantity = f"largest rise, at 1/D* = {features[top]:.2f}"
    return [
        *found,
        _one(claim, says, tracks.tolist(), quantity, float(seen[top]), f"p = {p[top]:g}"),
    ]


def _judge_neurons(table: pl.DataFrame) -> list[Finding]:
    model, p, alone = pl.col("model"), pl.col("density"), pl.col("monosemantic")
    hidden, free = table.filter(model == "hidden-relu-tied"), table.filter(model == "relu")
    signed = table.filter(model == "absolute")
    cases = [
        (
            "TMS-privileged-basis",
            "hidden ReLU, dense: every neuron has one feature",
            hidden,
            p == 1,
            alone == 1,
        ),
        (
            "TMS-privileged-basis",
            "hidden ReLU, p ≤ 0.1: at most half of them do",
            hidden,
            p <= 0.1,
            alone <= 0.5,
        ),
        (
            "TMS-privileged-basis",
            "no hidden ReLU: at most half of them do",
            free,
            p <= 1,
            alone <= 0.5,
        ),
        (
            "TMS-computation-abs",
            "absolute value, dense: every neuron has one feature",
            signed,
            p == 1,
            alone == 1,
        ),
        (
            "TMS-computation-abs",
            "absolute value, p ≤ 0.03: at most half of them do",
            signed,
            p <= 0.03,
            alone <= 0.5,
        ),
    ]
    found = [
        _extreme(claim, says, rows.filter(where), "monosemantic", holds)
        for claim, says, rows, where, holds in cases
        if rows.filter(where).height
    ]
    loss = pl.col("relative")
    cases = [
        ("absolute value, p ≤ 0.1: less loss than the best without superposition", p <= 0.1),
        ("absolute value, dense: none found below the best without superposition", p == 1),
    ]
    claim = "TMS-computation-abs"
    found.append(_extreme(claim, cases[0][0], signed.filter(cases[0][1]), "relative", loss < 1))
    # Fresh inputs move the loss by well under a hundredth of itself.
    found.append(_extreme(claim, cases[1][0], signed.filter(cases[1][1]), "relative", loss > 0.99))
    return found


def _extreme(claim: str, says: str, rows: pl.DataFrame, name: str, holds: pl.Expr) -> Finding:
    """The claim on every row, and the row where a quantity is largest."""
    worst = rows.sort(name, descending=True).row(0, named=True)
    kept = rows.select(holds.alias("holds"))["holds"].to_list()
    quantity = "largest share" if name == "monosemantic" else "largest relative loss"
    return _one(claim, says, kept, quantity, worst[name], f"p = {worst['density']:g}")


def _one(claim: str, says: str, holds: list[bool], quantity: str, value: float, at: str) -> Finding:
    failures = len(holds) - sum(holds)
    return Finding(claim, says, len(holds), failures, quantity, value, at)


def _count(courses: pl.DataFrame) -> int:
    return int(courses["chain"].n_unique())
