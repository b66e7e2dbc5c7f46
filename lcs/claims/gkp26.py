"""The statements of the seed paper, with what they leave out."""

from math import e

from lcs.claims.claim import Claim
from lcs.claims.laws import (
    below_one,
    cor8_domain,
    everywhere,
    half_dense,
    k_log,
    lem7_domain,
    quadratic,
    quadratic_over_log,
    rank_rate,
    rank_rate_diagonal,
    thm3_domain,
    thm12_domain,
)

GKP26 = "Garg, Kleinberg, Peng, COLT 2026, PMLR 336:5358-5376"

CLAIMS = (
    Claim(
        id="GKP26-thm1",
        source=GKP26,
        locator="Theorem 1 (classical)",
        statement=r"Some $A$ with $d = O(k \ln(m/k))$ rows lets basis pursuit recover every "
        r"$k$-sparse $z$ exactly from $Az$; $d \leq 11 k \ln(m/k)$ is enough for $k \leq m/2$.",
        side="upper",
        domain=half_dense,
        domain_text="1 <= k <= m/2",
        form=k_log,
        constant=11.0,
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
        constant=1 / (16 * e),
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
        constant=1 / (16 * e),
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
        "eps/(k(1 + lam)^2). With the printed mu the error can come as "
        "close as wished to eps (1 + lam)^2 / (1 + lam^2), which is 2 eps at lam = 1.",
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
        "place of eps g^2/(1-eps) it is true for every k and g. For k >= 2 no cross term is "
        "needed at all: LCS-geometry-norms has the sharp bounds.",
        figure="cosines",
        experiment="geometry",
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
        constant=1 / (24 * e),
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
        constant=1 / (24 * e),
        erratum="As GKP26-thm12. An activation that is positive everywhere, the plain sigmoid, can "
        "never say z_i = 0: it is to be read with its threshold subtracted.",
    ),
)
