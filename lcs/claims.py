"""The statements this project checks, as data.

A test, a proof, an experiment and a figure name the claim they could contradict. Statements are
LaTeX (text with inline maths), read in the notation of the project: features are columns,
``d(m,k,eps)`` is the least dimension in which some pair of codes ``A, B`` has worst-case error
below ``eps`` at sparsity ``k``, and ``mu = eps / (k - eps)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import wraps
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

Side = Literal["upper", "lower", "exact", "qualitative"]
Form = Callable[[ArrayLike, ArrayLike, ArrayLike], Any]
Domain = Callable[[ArrayLike, ArrayLike, ArrayLike], Any]

GKP26 = "Garg, Kleinberg, Peng, COLT 2026, PMLR 336:5358-5376"
DERIVED = "derived for this project"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement that a measurement could contradict.

    ``side`` says what is claimed of ``d``: an upper bound, a lower bound, an exact value or
    identity, or a qualitative fact. ``domain(m, k, eps)`` is true where the claim speaks (None:
    everywhere) and ``domain_text`` says the same in words. ``form(m, k, eps)`` is the law without
    its unknown constant, nan outside the reach of its logarithms (None: no law of ``d``);
    ``constant`` is the explicit constant in front of it, where one is proved.
    """

    id: str
    source: str
    locator: str
    statement: str
    side: Side
    domain: Domain | None = None
    domain_text: str = "every m, k, eps"
    form: Form | None = None
    constant: float | None = None
    erratum: str | None = None
    figure: str | None = None
    experiment: str | None = None


def _law(form: Callable[[Any, Any, Any], Any]) -> Form:
    """A form that broadcasts, and is nan, never a warning, where it is no number >= 0."""

    @wraps(form)
    def broadcast(m: ArrayLike, k: ArrayLike, eps: ArrayLike) -> Any:
        with np.errstate(all="ignore"):
            value = form(*(np.asarray(x, dtype=np.float64) for x in (m, k, eps)))
            return np.where(np.isfinite(value) & (value >= 0), value, np.nan)[()]

    return broadcast


def _domain(predicate: Callable[[Any, Any, Any], Any]) -> Domain:
    """A predicate that broadcasts, and also asks for 1 <= k <= m and eps > 0."""

    @wraps(predicate)
    def broadcast(m: ArrayLike, k: ArrayLike, eps: ArrayLike) -> Any:
        m, k, eps = (np.asarray(x, dtype=np.float64) for x in (m, k, eps))
        return ((k >= 1) & (k <= m) & (eps > 0) & predicate(m, k, eps))[()]

    return broadcast


@np.vectorize(otypes=[np.float64])
def _log_binomial(n: float, j: float) -> float:
    # A sum of j logarithms: log-gamma would lose every digit of ln C(10^12, 2).
    i = np.arange(j)
    return np.log((n - i) / (i + 1)).sum() if j <= n else -np.inf


# The forms: what d, or a rank, grows like.


@_law
def k_log(m: Any, k: Any, eps: Any) -> Any:
    """k ln(m/k), the classical law of non-linear recovery."""
    return k * np.log(m / k)


@_law
def quadratic(m: Any, k: Any, eps: Any) -> Any:
    """(k/eps)^2 ln m, the law of pairwise incoherence."""
    return (k / eps) ** 2 * np.log(m)


@_law
def quadratic_over_log(m: Any, k: Any, eps: Any) -> Any:
    """(k^2 / ln k) ln(m/k), the printed lower law; its hidden constant depends on eps."""
    return k**2 / np.log(k) * np.log(m / k)


@_law
def rank_rate(m: Any, k: Any, eps: Any) -> Any:
    """(k/eps)^2 ln m / ln(k/eps), the law of the rank lemma at entries eps/k."""
    return (k / eps) ** 2 * np.log(m) / np.log(k / eps)


@_law
def rank_rate_chebyshev(m: Any, k: Any, eps: Any) -> Any:
    """(k/eps)^2 ln m / ln(2k/eps), the law of the rank lemma with Chebyshev polynomials."""
    return (k / eps) ** 2 * np.log(m) / np.log(2 * k / eps)


@_law
def rank_rate_diagonal(m: Any, k: Any, eps: Any) -> Any:
    """(g/e)^2 ln m / ln(g/e) at g = 1 - eps and e = eps/k."""
    ratio = (1 - eps) * k / eps
    return ratio**2 * np.log(m) / np.log(ratio)


@_law
def top_k_union(m: Any, k: Any, eps: Any) -> Any:
    """(2k/eps^2) ln(m C(m-1,k) 2^k), the union bound over rows, supports and signs."""
    return 2 * k / eps**2 * (np.log(m) + _log_binomial(m - 1, k) + k * np.log(2))


# The domains: where a claim speaks.


@_domain
def everywhere(m: Any, k: Any, eps: Any) -> Any:
    """Every admissible (m, k, eps)."""
    return m > 0


@_domain
def half_dense(m: Any, k: Any, eps: Any) -> Any:
    """At most half of the features active."""
    return 2 * k <= m


@_domain
def compressible(m: Any, k: Any, eps: Any) -> Any:
    """Fewer active features than features."""
    return k < m


@_domain
def not_trivial(m: Any, k: Any, eps: Any) -> Any:
    """Tolerances that A = B = 0 does not already meet."""
    return eps <= 1


@_domain
def below_one(m: Any, k: Any, eps: Any) -> Any:
    """Errors that leave every diagonal entry of B^T A positive."""
    return eps < 1


@_domain
def thm3_domain(m: Any, k: Any, eps: Any) -> Any:
    """The printed range of Theorem 3, with the two conditions it leaves out."""
    return (k >= 2) & (eps < 1) & (eps > k**1.5 * np.sqrt(5 / m))


@_domain
def thm12_domain(m: Any, k: Any, eps: Any) -> Any:
    """The printed range of Theorem 12 without k = 1."""
    return (k >= 2) & (k**2 < m)


@_domain
def lem7_domain(m: Any, k: Any, eps: Any) -> Any:
    """1/sqrt n < e < 1/2 at n = m, e = eps/k."""
    return (eps / k > 1 / np.sqrt(m)) & (eps / k < 1 / 2)


@_domain
def cor8_domain(m: Any, k: Any, eps: Any) -> Any:
    """g/sqrt n < e < g/2 at n = m, g = 1 - eps, e = eps/k."""
    return (eps < 1) & (eps / k > (1 - eps) / np.sqrt(m)) & (eps / k < (1 - eps) / 2)


@_domain
def collapsible(m: Any, k: Any, eps: Any) -> Any:
    """Where the collapse theorem leaves at least two features and mu < 1."""
    return (m >= 2) & (eps <= 1) & (2 * eps < k)


@_domain
def rank_domain(m: Any, k: Any, eps: Any) -> Any:
    """Where the rank lemma gives the law: k/sqrt m <= eps <= 1, and mu <= 1/2."""
    return (eps <= 1) & (eps >= k / np.sqrt(m)) & (k >= 3 * eps)


# The table.

_TABLE = (
    Claim(
        id="GKP26-thm1",
        source=GKP26,
        locator="Theorem 1 (classical)",
        statement=r"Some $A$ with $d = O(k \ln(m/k))$ rows lets basis pursuit recover every "
        r"$k$-sparse $z$ exactly from $Az$.",
        side="upper",
        domain=half_dense,
        domain_text="1 <= k <= m/2",
        form=k_log,
        erratum="Meant for k <= m/2, or with ln(em/k): as k approaches m the form falls to 0, "
        "yet no decoder has any use for d < m once 2k >= m.",
        figure="scaling",
        experiment="scaling",
    ),
    Claim(
        id="GKP26-thm2",
        source=GKP26,
        locator="Theorem 2",
        statement=r"$d(m,k,\epsilon) \leq \lfloor 4 (k/\epsilon)^2 \ln m \rfloor + 1$, reached by "
        r"$A = B$ with entries $\pm 1/\sqrt{d}$ and off-diagonal $|\langle a_i, a_j \rangle| < "
        r"\epsilon/k$.",
        side="upper",
        domain=everywhere,
        domain_text="1 <= k <= m, eps > 0",
        form=quadratic,
        constant=4.0,
        figure="scaling",
        experiment="scaling",
    ),
    Claim(
        id="GKP26-lem5",
        source=GKP26,
        locator="Lemma 5",
        statement=r"$m$ columns of independent entries $\pm 1/\sqrt{d}$ with $d \geq (2/\mu^2)"
        r"(2 \ln m - \ln p)$ have all $|\langle c_i, c_j \rangle| < \mu$, $i \neq j$, with "
        r"probability at least $1 - p$.",
        side="upper",
        domain=everywhere,
        domain_text="m >= 1, mu = eps/k > 0, 0 < p <= 1; the form is its limit p -> 1",
        form=quadratic,
        constant=4.0,
    ),
    Claim(
        id="GKP26-thm3",
        source=GKP26,
        locator="Theorem 3",
        statement=r"$d(m,k,\epsilon) = \Omega_\epsilon((k^2/\ln k) \ln(m/k))$ for $\epsilon > "
        r"k^{3/2} \sqrt{5}/\sqrt{m}$.",
        side="lower",
        domain=thm3_domain,
        domain_text="k >= 2, k^{3/2} sqrt5 / sqrt m < eps < 1",
        form=quadratic_over_log,
        erratum="Needs eps < 1: for eps > 1 the pair A = B = 0 gives d = 0. Says nothing at k = 1, "
        "where ln k = 0 and, for eps > 1/2, d = 1 for every m.",
        figure="scaling",
        experiment="scaling",
    ),
    Claim(
        id="GKP26-lem7",
        source=GKP26,
        locator="Lemma 7 (Alon 2003, Theorem 9.3)",
        statement=r"A real $n \times n$ matrix with $D_{ii} = 1$ and $|D_{ij}| < e$ for "
        r"$i \neq j$, $1/\sqrt{n} < e < 1/2$, has rank $\Omega(\ln n / (e^2 \ln(1/e)))$.",
        side="lower",
        domain=lem7_domain,
        domain_text="1/sqrt m < eps/k < 1/2, read with n = m, e = eps/k",
        form=rank_rate,
    ),
    Claim(
        id="GKP26-cor8",
        source=GKP26,
        locator="Corollary 8",
        statement=r"A real $n \times n$ matrix with $C_{ii} \geq g$ and $|C_{ij}| < e$ for "
        r"$i \neq j$, $g/\sqrt{n} < e < g/2$, has rank $\Omega(g^2 \ln n / (e^2 \ln(g/e)))$.",
        side="lower",
        domain=cor8_domain,
        domain_text="g/sqrt m < e < g/2, read with n = m, g = 1 - eps, e = eps/k",
        form=rank_rate_diagonal,
    ),
    Claim(
        id="GKP26-fig1",
        source=GKP26,
        locator="Figure 1",
        statement=r"With $a_1 = (1/2, \sqrt{3}/2)$, $a_2 = (1, 0)$, $b_1 = (0, 2/\sqrt{3})$ and "
        r"$b_2 = (1, -1/\sqrt{3})$, $B^T A = I$ although $\langle a_1, a_2 \rangle = 1/2$.",
        side="exact",
        domain_text="m = d = 2",
    ),
    Claim(
        id="GKP26-prop9",
        source=GKP26,
        locator="Proposition 9",
        statement=r"If unit vectors $c_1, \ldots, c_m, a^*, b^*$ are $\mu$-incoherent with "
        r"$\mu = \epsilon/(k(1+\lambda)^2)$ and $\lambda^2 = 1/\delta_0 - 1$, then $a_i = c_i + "
        r"\lambda a^*$ and $b_i = c_i + \lambda b^*$ have error below $\epsilon$ at sparsity $k$, "
        r"$\cos(a_i, b_i) < \delta_0 + o(1)$ and $\cos(a_i, a_j), \cos(b_i, b_j) > 1 - \delta_0 - "
        r"o(1)$ as $\mu \to 0$.",
        side="qualitative",
        domain=everywhere,
        domain_text="0 < delta_0 <= 1, eps > 0",
        erratum="The paper prints mu = eps/(k(1 + lam^2)); its own step needs "
        "eps/(k(1 + lam)^2). With the printed mu the error can reach "
        "eps (1 + lam)^2 / (1 + lam^2), which is 2 eps at lam = 1.",
    ),
    Claim(
        id="GKP26-prop11",
        source=GKP26,
        locator="Proposition 11",
        statement=r"If $||a_i||, ||b_i|| \leq g$ and the error is below $\epsilon < 1$, then "
        r"$\cos(a_i, b_i) \geq (1-\epsilon)/g^2$ and, for $i \neq j$, $\cos(a_i, a_j)$ and "
        r"$\cos(b_i, b_j)$ are at most $\epsilon g^2/(1-\epsilon) + \sqrt{1-(1-\epsilon)^2/g^4}$.",
        side="qualitative",
        domain=below_one,
        domain_text="eps < 1, and g >= 1 when k = 1",
        erratum="The proof divides by ||a_j|| ||b_i||, each only >= (1-eps)/g, so its cross term "
        "is eps g^2/(1-eps)^2 and not eps g^2/(1-eps). The printed bound is still true for "
        "k >= 2 and for g >= 1. It fails at k = 1, g < 1: a_i = b_i with ||a_i||^2 = 1 - eps and "
        "<a_i, a_j> = eps has cosine eps/(1-eps), above the printed eps. With eps/(1-eps) in "
        "place of eps g^2/(1-eps) it is true for every k and g.",
    ),
    Claim(
        id="GKP26-thm12",
        source=GKP26,
        locator="Theorem 12",
        statement=r"If $(B^T A z)_i > t_i$ exactly when $z_i = 1$, for all $k$-sparse "
        r"$z \in \{0,1\}^m$, then $d = \Omega((k^2/\ln k) \ln(m/k))$.",
        side="lower",
        domain=thm12_domain,
        domain_text="2 <= k < sqrt m; d does not depend on eps",
        form=quadratic_over_log,
        erratum="k = 1 must be excluded: points on a circle give d = 2 for every m. The proof "
        "reaches only about k <= (m/4)^{1/3}, since its rank lemma needs 1/sqrt n < e on "
        "n = m/(4k+1) features; and its pigeonhole may return negative interference, which "
        "leaves k - 1 terms. The statement itself is true for 2 <= k < sqrt m, by "
        "d >= d(m,k,1/2) - 1 and LCS-rank-l1.",
    ),
    Claim(
        id="GKP26-cor13",
        source=GKP26,
        locator="Corollary 13",
        statement=r"If $\sigma$ is increasing and $\sigma(W^T x + b)_i > 0$ exactly when $z_i = 1$,"
        r" for $x = Az$ and all $k$-sparse $z \in \{0,1\}^m$, then "
        r"$d = \Omega((k^2/\ln k) \ln(m/k))$.",
        side="lower",
        domain=thm12_domain,
        domain_text="2 <= k < sqrt m; d does not depend on eps",
        form=quadratic_over_log,
        erratum="As GKP26-thm12. An activation that is positive everywhere, the plain sigmoid, can "
        "never say z_i = 0: it is to be read with its threshold subtracted.",
    ),
    Claim(
        id="LCS-worst-case",
        source=DERIVED,
        locator="top-k row sums",
        statement=r"$\sup ||Mz||_\infty$ over $k$-sparse $z \in [-1,1]^m$ is the largest sum of "
        r"$k$ absolute entries in one row of $M$, attained at their signs.",
        side="exact",
        domain=everywhere,
        domain_text="every real matrix M, 1 <= k <= m",
    ),
    Claim(
        id="LCS-probes-dual",
        source=DERIVED,
        locator="linear programming duality",
        statement=r"For every $A$ and feature $i$, $\alpha_{1,i} = \min_y ||e_i - A^T y||_\infty = "
        r"\max \{z_i : Az = 0, ||z||_1 \leq 1\}$.",
        side="exact",
        domain=everywhere,
        domain_text="every real matrix A",
    ),
    Claim(
        id="LCS-collapse",
        source=DERIVED,
        locator="collapse theorem",
        statement=r"$d(m,k,\epsilon) = d(m,1,\epsilon/k)$: for every $A$ the best probes have "
        r"$\min_B \max_i ||(B^T A - I)_i||_{[k]} = \min(1, k \alpha_1(A))$ with $\alpha_1(A) = "
        r"\max_{Az=0} ||z||_\infty/||z||_1$.",
        side="exact",
        domain=not_trivial,
        domain_text="0 < eps <= 1",
    ),
    Claim(
        id="LCS-rank-l1",
        source=DERIVED,
        locator="monomial rank bound",
        statement=r"For $m \geq 2$, $\epsilon \leq 1$, $\mu = \epsilon/(k-\epsilon)$ and every "
        r"$p \geq 1$: $\binom{d+p-1}{p} > m/(1+(m-1)\mu^{2p})$; so $d = "
        r"\Omega((k/\epsilon)^2 \ln m/\ln(k/\epsilon))$.",
        side="lower",
        domain=rank_domain,
        domain_text="the inequality: m >= 2, eps <= 1, eps < k; the form: k/sqrt m <= eps <= 1, "
        "eps <= k/3",
        form=rank_rate,
    ),
    Claim(
        id="LCS-rank-l2",
        source=DERIVED,
        locator="Chebyshev rank bound",
        statement=r"For $m \geq 2$, $\epsilon \leq 1$, $\mu = \epsilon/(k-\epsilon) < 1$ and every "
        r"$p \geq 1$: the sum of $\binom{d+j-1}{j}$ over $j \leq p$, $j \equiv p$ mod 2, exceeds "
        r"$m/(1+(m-1)/T_p(1/\mu)^2)$; so $d = \Omega((k/\epsilon)^2 \ln m/\ln(2k/\epsilon))$.",
        side="lower",
        domain=rank_domain,
        domain_text="the inequality: m >= 2, eps <= 1, eps < k/2; the form: k/sqrt m <= eps <= 1, "
        "eps <= k/3",
        form=rank_rate_chebyshev,
    ),
    Claim(
        id="LCS-volume",
        source=DERIVED,
        locator="volume bound",
        statement=r"For $m \geq 2$, $\epsilon \leq 1$ and $\mu = \epsilon/(k-\epsilon) < 1$: "
        r"$((3-\mu)/(1-\mu))^d > 2m + 1$.",
        side="lower",
        domain=collapsible,
        domain_text="m >= 2, eps <= 1, eps < k/2",
    ),
    Claim(
        id="LCS-rate",
        source=DERIVED,
        locator="rank bounds in closed form",
        statement=r"With $\mu = \epsilon/(k-\epsilon) < 1$, $\theta = (1+\sqrt{1-\mu^2})/\mu$: "
        r"$d \geq p(2^{-1/p} \mu^{-2}/e - 1) + 1$ at $p = \lfloor \ln m/(2 \ln(1/\mu)) \rfloor$ "
        r"and $d \geq p(8^{-1/p} \theta^2/e - 1)$ at $p = \lfloor \ln(4m)/(2 \ln \theta) \rfloor$, "
        r"wherever $p \geq 1$.",
        side="lower",
        domain=collapsible,
        domain_text="m >= 2, eps <= 1, eps < k/2, p >= 1",
    ),
    Claim(
        id="LCS-etf-exact",
        source=DERIVED,
        locator="equiangular tight frames",
        statement=r"Where a real equiangular tight frame of $m$ vectors in $d$ dimensions exists, "
        r"$\mu^2 = (m-d)/(d(m-1))$, no pair of codes in $d$ dimensions has error below "
        r"$k\mu/(1+\mu) < 1$, and the frame with its best scalar has that error.",
        side="exact",
        domain=collapsible,
        domain_text="eps/k = mu/(1+mu) of a frame with d < m, eps < 1",
    ),
    Claim(
        id="LCS-nullspace-bound",
        source="Deregowska, Lewandowska, J. Funct. Anal. 286 (2024); Bukh, Cox, Israel J. Math. "
        "238 (2020); the step to codes derived for this project",
        locator="maximal projection constants",
        statement=r"For $q = m - d \geq 1$ and $\epsilon \leq 1$: $q/\lambda_q < m \epsilon/k$ "
        r"with $\lambda_q = (2/(q+1))(1 + (q-1)\sqrt{q+2}/2)$.",
        side="lower",
        domain=not_trivial,
        domain_text="eps <= 1",
    ),
    Claim(
        id="LCS-u0",
        source=DERIVED,
        locator="top-k union bound",
        statement=r"$d(m,k,\epsilon) \leq \lfloor (2k/\epsilon^2) \ln(m \binom{m-1}{k} 2^k) \rfloor"
        r" + 1$, reached by $A = B$ with entries $\pm 1/\sqrt{d}$.",
        side="upper",
        domain=compressible,
        domain_text="1 <= k < m, eps > 0",
        form=top_k_union,
        constant=1.0,
        figure="collapse",
        experiment="scaling",
    ),
    Claim(
        id="LCS-kerdock",
        source="Kerdock 1972; Calderbank, Cameron, Kantor, Seidel 1997",
        locator="Kerdock code",
        statement=r"For $r$ even, $d = 2^r$: $d(d/2+1)$ unit columns of coherence $1/\sqrt{d}$, "
        r"in $d/2 + 1$ mutually unbiased bases.",
        side="upper",
        domain=everywhere,
        domain_text="r even, r >= 2",
    ),
    Claim(
        id="LCS-dg",
        source="Delsarte, Goethals 1975",
        locator="Delsarte-Goethals code",
        statement=r"For $r$ even, $d = 2^r$, $1 \leq s < r/2$: $2^{r+(r-1)(s+1)} + d$ unit "
        r"columns of coherence $2^s/\sqrt{d}$.",
        side="upper",
        domain=everywhere,
        domain_text="r even, r >= 4, 1 <= s <= r/2 - 1",
    ),
    Claim(
        id="LCS-bch",
        source="MacWilliams, Sloane 1977; Gold 1968",
        locator="dual BCH and odd quadratic codes",
        statement=r"For $d = 2^r$: $d^t$ unit columns of coherence at most $2(t-1)/\sqrt{d}$; "
        r"for $r$ odd, $d^{t+1}$ of coherence exactly $2^{t-(r+1)/2}$.",
        side="upper",
        domain=everywhere,
        domain_text="r >= 3, 2 <= t <= 2^(ceil(r/2)-1), 2(t-1) < sqrt d; the second for r odd, "
        "1 <= t <= (r-1)/2",
        erratum="The bound rounds down to a multiple of 2^ceil(r/w)/d (w the most binary digits "
        "in an exponent), which gives sqrt(2/d) at t = 2 and sqrt(8/d) at t = 3 for r "
        "odd.",
    ),
    Claim(
        id="LCS-rs-simplex",
        source="Reed, Solomon 1960; DeVore 2007",
        locator="Reed-Solomon simplex code",
        statement=r"For a prime power $q$ and $r < n \leq q+1$: $q^{r+1}$ unit columns in "
        r"$\mathbb{R}^{n(q-1)}$ of coherence $\max((rq-n)/(n(q-1)), 1/(q-1))$.",
        side="upper",
        domain=everywhere,
        domain_text="q a prime power, 1 <= r < n <= q + 1",
        erratum="At r = 1, n = q + 1 the coherence is smaller, 1/(q^2-1): every two polynomials "
        "agree once, and the code is a simplex.",
    ),
    Claim(
        id="LCS-devore",
        source="DeVore 2007",
        locator="binary code",
        statement=r"For a prime power $q$ and $r < n \leq q+1$: $q^{r+1}$ unit columns with "
        r"entries $0, 1/\sqrt{n}$ in $\mathbb{R}^{nq}$, of coherence $r/n$.",
        side="upper",
        domain=everywhere,
        domain_text="q a prime power, 1 <= r < n <= q + 1",
    ),
    Claim(
        id="LCS-paley",
        source="Paley 1933; Strohmer, Heath 2003",
        locator="conference frame",
        statement=r"For a prime power $q \equiv 1$ mod 4: $q+1$ equiangular unit columns in "
        r"$\mathbb{R}^{(q+1)/2}$ of coherence $1/\sqrt{q}$, Welch's bound.",
        side="upper",
        domain=everywhere,
        domain_text="q a prime power, q = 1 mod 4",
    ),
    Claim(
        id="LCS-steiner",
        source="Goethals, Seidel 1970; Fickus, Mixon, Tremain 2012",
        locator="Steiner frames",
        statement=r"Equiangular tight frames that meet Welch's bound: $(d, m, \mu) = (v(v-1)/2, "
        r"v^2, 1/(v-1))$ and $(v(v-1)/6, v(v+1)/2, 2/(v-1))$.",
        side="upper",
        domain=everywhere,
        domain_text="v >= 4 a Hadamard order; v = 7 or 15 mod 24 with (v+1)/2 a Hadamard order",
    ),
    Claim(
        id="LCS-chirp",
        source="Alltop 1980; Weil 1948",
        locator="real chirps",
        statement=r"For $q$ a power of a prime $p > t \geq 2$, $d = 2q$: $2q^t + 2q$ unit "
        r"columns of coherence at most $(t-1)/\sqrt{q}$, reached at $t = 2$.",
        side="upper",
        domain=everywhere,
        domain_text="q a power of an odd prime p, 2 <= t < p, t - 1 < sqrt q",
    ),
    Claim(
        id="LCS-legendre",
        source="Hasse 1936; Weil 1948",
        locator="quadratic forms under the Legendre symbol",
        statement=r"For $q \geq 7$ an odd prime power, $d = q+1$: $q^2$ unit columns of "
        r"coherence at most $2\lfloor\sqrt{q}\rfloor/(q-1)$, of which $q(q-1)/2 + 1$ "
        r"have at most $2\lfloor\sqrt{q}\rfloor/(q+1)$.",
        side="upper",
        domain=everywhere,
        domain_text="q an odd prime power, q >= 7",
        erratum="As (d, m) = (p, p(p-1)) with mu = (2 sqrt p + 1)/p it is false: p = 11 gives "
        "0.7035 > 0.6940, since columns with two zeros are shorter; filled zeros give 1 "
        "at p = 7. Reading at infinity too removes the + 1.",
    ),
    Claim(
        id="LCS-levenshtein",
        source="Levenshtein, Universal bounds for codes and designs, Handbook of Coding Theory "
        "(1998)",
        locator="lines; degrees 1 and 2 in the squared cosine",
        statement=r"Unit vectors $a_1, \ldots, a_m$ in $R^d$ with $\langle a_i, a_j \rangle^2 "
        r"\leq s$: $m \leq d(1-s)/(1-ds)$ for $ds < 1$; $m \leq d(d+2)(1-s)/(3-(d+2)s)$ for "
        r"$s \leq 6/(d+4)$, $(d+2)s < 3$.",
        side="lower",
        domain=collapsible,
        domain_text="A = B of unit columns, coherence < mu = eps/(k - eps): at k = 1 the error of "
        "(A, cA), best c",
        erratum="THEORY 3 states it for A = B and every k; at k > 1 an error below eps does not "
        "make every pair of unit columns mu-incoherent.",
    ),
    Claim(
        id="LCS-delsarte",
        source="Delsarte, Goethals, Seidel, Geom. Dedicata 6 (1977)",
        locator="linear programming bound",
        statement=r"If $f = \sum_n f_n Q_n$ with $f_0 > 0$, $f_n \geq 0$ and $f \leq 0$ on "
        r"$[0, s]$, $Q_n$ the zonal polynomials of $\langle a, b \rangle^2$, then unit vectors "
        r"with $\langle a_i, a_j \rangle^2 \leq s$ number at most $f(1)/f_0$.",
        side="lower",
        domain=collapsible,
        domain_text="as LCS-levenshtein",
    ),
    Claim(
        id="LCS-u1",
        source=DERIVED,
        locator="greedy choice on the sphere (Gilbert-Varshamov)",
        statement=r"Unit columns $A = B$ with all $|\langle a_i, a_j \rangle| < \mu$ exist once "
        r"$(m-1) I_{1-\mu^2}((d-1)/2, 1/2) < 1$, $\mu = \epsilon/(k-\epsilon) < 1$.",
        side="upper",
        domain=collapsible,
        domain_text="m >= 2, eps <= 1, eps < k/2",
    ),
    Claim(
        id="LCS-u2",
        source=DERIVED,
        locator="top-K union bound with the best probes",
        statement=r"For $\epsilon \leq 1$ and every $K \leq k/\epsilon$, $K < m$: $d$ suffices if "
        r"$m \binom{m-1}{K} 2^K P(S_{Kd} \geq K \epsilon d/k) < 1$, $S_n$ a sum of $n$ "
        r"independent signs.",
        side="upper",
        domain=not_trivial,
        domain_text="eps <= 1, m >= 2",
    ),
    Claim(
        id="LCS-u3",
        source="Gordon, LNM 1317 (1988); Lipschitz concentration of Gaussian measure; the step to "
        "codes derived for this project",
        locator="escape through the mesh",
        statement=r"$d$ suffices if $\lambda_d > \sqrt{s} + \sqrt{2 \ln m}$ with $\lambda_d = "
        r"\sqrt{2} \Gamma((d+1)/2)/\Gamma(d/2)$, $s = \min_{t \geq 0} 1 + t^2/\mu^2 + "
        r"2(m-1)((1+t^2)Q(t) - t\phi(t))$ and $\mu = \epsilon/(k-\epsilon)$.",
        side="upper",
        domain=collapsible,
        domain_text="m >= 2, eps <= 1, eps < k/2",
    ),
    Claim(
        id="LCS-u5",
        source=DERIVED,
        locator="complement of a projection with equal diagonal",
        statement=r"For $\epsilon \leq 1$: $d(m,k,\epsilon) \leq "
        r"m - \lceil m \epsilon/k \rceil + 1$.",
        side="upper",
        domain=not_trivial,
        domain_text="eps <= 1",
    ),
    Claim(
        id="LCS-repetition",
        source=DERIVED,
        locator="repeated kernel",
        statement=r"From $m$ unit columns in $\mathbb{R}^d$ of coherence $\mu$: $sm$ in "
        r"$\mathbb{R}^{(s-1)m+d}$ of coherence $\mu/(s + (s-1)\mu)$, that is $1/s$ of "
        r"the error.",
        side="upper",
        domain=everywhere,
        domain_text="every code, s >= 2",
    ),
    Claim(
        id="LCS-partial-hadamard",
        source="Ding, Feng 2007",
        locator="rows of a Sylvester matrix",
        statement=r"$d$ rows $D$ of the Sylvester matrix of order $m = 2^n$ have coherence "
        r"$\max_{u \neq 0} |\sum_{r \in D} (-1)^{r \cdot u}|/d$.",
        side="exact",
        domain=everywhere,
        domain_text="every non-empty D",
    ),
    Claim(
        id="LCS-jn-rows",
        source=DERIVED,
        locator="rows of I - B^T A",
        statement=r"If every row of $I - B^T A$ has its $k$ largest absolute entries sum to less "
        r"than $1/2$, $\ell_1$-minimisation with $A$ recovers every $k$-sparse $z$; some $B$ does "
        r"exactly when $k \alpha_1(A) < 1/2$.",
        side="exact",
        domain=everywhere,
        domain_text="every real matrix A, 1 <= k <= m",
    ),
    Claim(
        id="LCS-jn-columns",
        source="Juditsky, Nemirovski 2011, Math. Program. 127:57-88",
        locator="section 2, quoted from memory",
        statement=r"If every column of $I - B^T A$ has its $k$ largest absolute entries sum to "
        r"less than $1/2$, $\ell_1$-minimisation with $A$ recovers every $k$-sparse $z$; the least "
        r"such maximum over $B$ is at most $\min(1, k \alpha_1(A))$, with equality at $k = 1$ and "
        r"where cyclic shifts of the features preserve $\ker A$.",
        side="exact",
        domain=everywhere,
        domain_text="every real matrix A, 1 <= k <= m",
    ),
)

CLAIMS: Mapping[str, Claim] = MappingProxyType({entry.id: entry for entry in _TABLE})


def claim(id: str) -> Claim:
    """Return the claim of that id.

    Raises KeyError naming the nearest ids when there is none.

    >>> claim("GKP26-thm2").constant
    4.0
    >>> float(claim("GKP26-thm2").form(1000, 4, 0.5).round(1))
    442.1
    """
    if id not in CLAIMS:
        lower = {known.lower(): known for known in CLAIMS}
        near = [lower[match] for match in get_close_matches(id.lower(), lower, n=3, cutoff=0.4)]
        raise KeyError(f"no claim {id!r}; nearest: {', '.join(near) or 'none'}")
    return CLAIMS[id]
