"""Fits of the scaling laws, on tables made from the laws themselves."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from scipy import stats

from lcs.scaling import (
    LAWS,
    POWER_LAW,
    Estimate,
    Fit,
    Law,
    Window,
    fit_law,
    fit_power,
    laws,
    select,
)

MS, KS, EPS = (512, 1024, 4096), (2, 3, 4, 6, 8, 12, 16), (0.25, 0.5, 0.95)
SEEDS = 4
# Least squares loses at most cond(design)^2 n u |y|: at cond < 100, n < 1000, |y| < 20.
EXACT = 1e-8
THM3 = next(law for law in LAWS if law.claim == "GKP26-thm3")
THM2 = next(law for law in LAWS if law.claim == "GKP26-thm2")
Log = Callable[[pl.DataFrame, np.random.Generator], Any]


def table(
    form: Callable[[Any, Any, Any], Any],
    log_constant: Log = lambda rows, rng: 0.0,
    *,
    ms: Sequence[int] = MS,
    ks: Sequence[int] = KS,
    epses: Sequence[float] = EPS,
    seeds: int = SEEDS,
    seed: int = 0,
) -> pl.DataFrame:
    """d_sufficient = exp(log_constant) form(m, k, eps) for every code and every (k, eps)."""
    rows = pl.DataFrame(
        [("rademacher", *row) for row in product(ms, range(seeds), ks, epses)],
        schema=["family", "m", "seed", "k", "eps"],
        orient="row",
    )
    m, k, eps = (rows[name].to_numpy() for name in ("m", "k", "eps"))
    log_d = np.log(form(m, k, eps)) + log_constant(rows, np.random.default_rng(seed))
    return rows.with_columns(d_sufficient=np.exp(log_d))


def fit(rows: pl.DataFrame, law: Law, *, seed: int = 1, draws: int = 200) -> Fit:
    return fit_law(rows, law, rng=np.random.default_rng(seed), draws=draws)


def numbers(found: Fit) -> list[float]:
    """Every number that a fit estimates."""
    estimates = [*found.constants.values(), *found.exponents.values()]
    return [x for e in estimates for x in (e.value, e.low, e.high)]


def by_eps(rows: pl.DataFrame) -> Any:
    """A constant of each eps that no power of eps gives."""
    return np.log(rows["eps"].replace_strict({0.25: 3.0, 0.5: 7.0, 0.95: 1.5}).to_numpy())


def noise(rows: pl.DataFrame, rng: np.random.Generator, shared: float, own: float) -> Any:
    """Errors of ln d: one shared by all rows of a code, and one of each row."""
    code = rows.select(pl.struct("m", "seed").rank("dense") - 1).to_series().to_numpy()
    return rng.normal(0, shared, code.max() + 1)[code] + rng.normal(0, own, code.size)


# --- known constants and exponents --------------------------------------------------------------


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.claim)
def test_a_law_is_recovered_from_its_own_table(law):
    own = fit(table(law.form, lambda rows, _: np.log(2.5)), law)
    assert own.claim == law.claim
    assert set(own.constants) == ({f"{eps:g}" for eps in EPS} if law.per_eps else {"all"})
    for constant in own.constants.values():
        assert [constant.low, constant.value, constant.high] == pytest.approx([2.5] * 3, rel=EXACT)
    assert set(own.exponents) == {"s"}
    assert own.exponents["s"].value == pytest.approx(1, rel=EXACT)
    assert own.rms < EXACT


@pytest.mark.parametrize("law", [law for law in LAWS if law.per_eps], ids=lambda law: law.claim)
def test_each_eps_has_its_own_constant(law):
    rows = table(law.form, lambda rows, _: by_eps(rows))
    own = fit(rows, law)
    found = {eps: constant.value for eps, constant in own.constants.items()}
    assert found == pytest.approx({"0.25": 3.0, "0.5": 7.0, "0.95": 1.5}, rel=EXACT)
    assert own.exponents["s"].value == pytest.approx(1, rel=EXACT)
    assert fit(rows, replace(law, per_eps=False)).rms > 0.1, "one constant cannot serve them all"


def test_the_exponent_is_that_of_the_form():
    own = fit(table(lambda *at: THM2.form(*at) ** 0.7), THM2)
    assert own.exponents["s"].value == pytest.approx(0.7, rel=EXACT)
    assert own.residuals.mean() == pytest.approx(0, abs=EXACT)


def test_the_power_law_is_recovered():
    rows = table(lambda m, k, eps: 0.3 * k**1.7 * np.log(m) ** 0.9 * eps**-2.2)
    found = fit_power(rows, rng=np.random.default_rng(1), draws=100)
    assert (found.law, found.claim) == (POWER_LAW, None)
    values = {name: e.value for name, e in found.exponents.items()}
    assert values == pytest.approx({"a": 1.7, "b": 0.9, "c": 2.2}, rel=EXACT)
    assert found.constants["all"].value == pytest.approx(0.3, rel=EXACT)


def test_residuals_and_criteria_are_those_of_the_definition():
    rows = table(THM2.form, lambda rows, rng: noise(rows, rng, 0.1, 0.05))
    own = fit(rows, THM2)
    at = [rows[name].to_numpy() for name in ("m", "k", "eps")]
    y = np.log(rows["d_sufficient"].to_numpy()) - np.log(THM2.form(*at))
    assert own.constants["all"].value == pytest.approx(np.exp(y.mean()), rel=EXACT)
    assert own.residuals == pytest.approx(y - y.mean(), abs=EXACT)
    assert own.rms == pytest.approx(y.std(), rel=EXACT)
    assert own.aic == pytest.approx(y.size * np.log(y.var()) + 2, rel=EXACT)
    assert own.bic == pytest.approx(y.size * np.log(y.var()) + np.log(y.size), rel=EXACT)


# --- the right law against the wrong ones -------------------------------------------------------


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.claim)
def test_every_wrong_law_has_a_larger_aic(law):
    """At 2 % noise the wrong shapes are off by far more: the gaps of AIC exceed 100."""

    def log_constant(rows: pl.DataFrame, rng: np.random.Generator) -> Any:
        return noise(rows, rng, 0.02, 0.02) + (by_eps(rows) if law.per_eps else 0)

    rows = table(law.form, log_constant)
    aic = {other.claim: fit(rows, other).aic for other in LAWS}
    own = aic.pop(law.claim)
    assert min(aic.values()) > own + 100


def test_a_log_log_slope_misreads_a_quadratic_over_a_logarithm():
    """The slope of ln(k^2/ln(k+1)) on ln k over k = 2, 4 .. 64 is 1.62, which refutes nothing.

    Expected slope by an independent formula, cov/var over the same k.
    """
    ks = (2, 4, 8, 16, 32, 64)

    def form(m: Any, k: Any, eps: Any) -> Any:
        return k**2 / np.log(k + 1) * np.log(m) / eps**2

    rows = table(form, ks=ks, seeds=2, ms=MS[:2], epses=EPS[:2])
    power = fit_power(rows, rng=np.random.default_rng(0), draws=50)
    x, y = np.log(ks), np.log(form(np.e, np.array(ks), 1))
    slope = np.cov(x, y)[0, 1] / x.var(ddof=1)
    assert power.exponents["a"].value == pytest.approx(slope, rel=EXACT)
    assert power.exponents["a"].high < 1.7
    assert slope == pytest.approx(1.62, abs=0.005)
    own = fit(rows, Law("own", "none", form))
    assert own.exponents["s"].value == pytest.approx(1, rel=EXACT)
    assert own.rms < EXACT
    assert own.aic < power.aic


# --- intervals ----------------------------------------------------------------------------------


def test_intervals_cover_as_often_as_resampling_codes_can():
    """Over 300 tables, counts of intervals that cover c, and s, lie where they should.

    All codes share one design, so ln c and s are means of 24 independent normal numbers, one per
    code, and the percentile interval is about mean +- 1.96 sqrt(23/24) standard errors: it covers
    with probability p = P(|t_23| < 1.92) = 0.93. The band allows p +- 0.02 for the Monte Carlo
    noise of 400 draws; a count falls outside by chance with probability below 1e-5. Resampling
    rows instead of codes covers c about one time in two.
    """
    codes, tables = 24, 300
    p = 1 - 2 * stats.t.sf(stats.norm.ppf(0.975) * np.sqrt((codes - 1) / codes), codes - 1)
    low = stats.binom.ppf(2.5e-6, tables, p - 0.02)
    high = stats.binom.isf(2.5e-6, tables, min(1, p + 0.02))
    covered = np.zeros(2, int)
    for n in range(tables):

        def log_constant(rows: pl.DataFrame, rng: np.random.Generator) -> Any:
            slopes = rng.normal(0, 0.05, codes)[rows["seed"].to_numpy()]
            x = np.log(THM2.form(MS[0], rows["k"].to_numpy(), 0.5))
            return np.log(3) + noise(rows, rng, 0.1, 0.02) + slopes * (x - x.mean())

        rows = table(
            THM2.form, log_constant, ms=MS[:1], ks=KS[:4], epses=[0.5], seeds=codes, seed=n
        )
        own = fit(rows, THM2, seed=n, draws=400)
        pairs = ((own.constants["all"], 3.0), (own.exponents["s"], 1.0))
        covered += [e.low <= truth <= e.high for e, truth in pairs]
    assert low <= covered.min()
    assert covered.max() <= high
    assert high < tables, "intervals that always cover would fail too"


def test_repeating_the_rows_of_every_code_tells_nothing_new():
    rows = table(THM2.form, lambda rows, rng: noise(rows, rng, 0.1, 0.1))
    assert numbers(fit(pl.concat([rows] * 3), THM2)) == pytest.approx(
        numbers(fit(rows, THM2)), rel=EXACT
    )


def test_more_codes_narrow_the_interval():
    """Nine times the codes: a third of the width, within a factor 2 at 12 codes or more."""

    def width(seeds: int) -> float:
        rows = table(THM2.form, lambda rows, rng: noise(rows, rng, 0.1, 0.0), seeds=seeds)
        e = fit(rows, THM2, draws=1000).constants["all"]
        return float(np.log(e.high / e.low))

    assert 1.5 < width(4) / width(36) < 6


def test_a_sample_without_any_code_of_one_eps_is_left_out():
    """Each of 3 codes has an eps of its own: most samples miss one, and the rest must do."""
    rows = table(THM3.form, lambda rows, rng: noise(rows, rng, 0.1, 0.1), ms=MS[:1], seeds=3)
    own = rows.filter(pl.col("eps") == pl.col("seed").replace_strict(dict(enumerate(EPS))))
    assert np.isfinite(numbers(fit(own, THM3))).all()


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.claim)
def test_estimates_lie_inside_their_intervals(law):
    rows = table(law.form, lambda rows, rng: noise(rows, rng, 0.1, 0.1), seeds=12)
    estimates = [*fit(rows, law).constants.values(), *fit(rows, law).exponents.values()]
    assert all(e.low < e.value < e.high for e in estimates)


# --- order and randomness -----------------------------------------------------------------------


def test_the_order_of_rows_does_not_matter():
    rows = table(THM2.form, lambda rows, rng: noise(rows, rng, 0.1, 0.1))
    order = np.random.default_rng(2).permutation(rows.height)
    one, other = (
        laws(rows, rng=np.random.default_rng(3)),
        laws(rows[order], rng=np.random.default_rng(3)),
    )
    for there, back in zip(one, other, strict=True):
        assert numbers(there) == pytest.approx(numbers(back), rel=EXACT)
        assert there.residuals[order] == pytest.approx(back.residuals, abs=EXACT)
        assert there.aic == pytest.approx(back.aic, rel=EXACT)


def test_the_same_generator_gives_the_same_bits_and_another_another_interval():
    rows = table(THM2.form, lambda rows, rng: noise(rows, rng, 0.1, 0.1))
    one, same, other = (numbers(fit(rows, THM2, seed=seed)) for seed in (5, 5, 6))
    assert one == same
    assert one[0] == other[0]
    assert one[1:3] != other[1:3]


# --- the window ---------------------------------------------------------------------------------

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "k": st.integers(1, 4),
            "d_sufficient": st.sampled_from((1, 31, 32, 33, 100, 110, 111)),
            "d_before": st.sampled_from((0, 30, 31, 32, 99, 100, 101)),
            "trivial": st.booleans(),
        }
    ),
    min_size=1,
)


@given(rows=ROWS)
def test_every_row_is_kept_or_rejected_for_its_first_reason(rows):
    window = Window(k_least=2, d_least=32, resolution=1.1)

    def reason(row: dict[str, int]) -> str | None:
        if row["trivial"]:
            return "no crossing below d = m"
        if row["k"] < 2:
            return "k < 2"
        if row["d_sufficient"] < 32:
            return "d < 32"
        far = 10 * row["d_sufficient"] > 11 * row["d_before"]
        return "checkpoints further apart than a factor 1.1" if far else None

    given = pl.DataFrame(rows).with_columns(reason=pl.Series(map(reason, rows), dtype=pl.String))
    kept, rejected = select(given.drop("reason"), window)
    assert_frame_equal(kept, given.filter(pl.col("reason").is_null()).drop("reason"))
    assert_frame_equal(rejected, given.filter(pl.col("reason").is_not_null()))


# --- what cannot be fitted ----------------------------------------------------------------------


@pytest.mark.parametrize("rows", [table(THM2.form, seeds=1, ms=MS[:1]), table(THM2.form)[:0]])
def test_fewer_than_two_codes_are_rejected(rows):
    codes = min(1, rows.height)
    for attempt in (fit, lambda rows, _: fit_power(rows, rng=np.random.default_rng(0))):
        with pytest.raises(ValueError, match=f"at least 2 codes; got {codes}"):
            attempt(rows, THM2)


def test_a_form_that_is_no_positive_number_is_named_with_its_place():
    rows = table(THM2.form, ks=(4, 1, 2), epses=(0.5,))
    with pytest.raises(ValueError, match=r"it is not at m = 512, k = 1, eps = 0.5") as error:
        fit(rows, THM3)
    assert THM3.name in str(error.value)
    fit(rows.filter(pl.col("k") > 1), THM3)


@pytest.mark.parametrize("missing", [{"ms": MS[:1]}, {"ks": KS[:1]}, {"epses": EPS[:1]}])
def test_too_few_places_for_the_power_law_are_rejected(missing):
    with pytest.raises(ValueError, match="4 parameters needs as many independent rows; got 3"):
        fit_power(table(THM2.form, **missing), rng=np.random.default_rng(0))


def test_all_laws_and_the_power_law_see_the_same_rows():
    rows = table(THM2.form, lambda rows, rng: noise(rows, rng, 0.1, 0.1))
    fits = laws(rows, rng=np.random.default_rng(0))
    assert [f.claim for f in fits] == [*(law.claim for law in LAWS), None]
    assert {f.residuals.size for f in fits} == {rows.height}
    assert all(isinstance(e, Estimate) for f in fits for e in f.constants.values())
