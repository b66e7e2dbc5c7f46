"""Bounds on d(m, k, eps), from both sides."""

from math import e

from lcs.claims.claim import DERIVED, Claim
from lcs.claims.laws import (
    collapsible,
    compressible,
    not_trivial,
    rank_domain,
    rank_rate,
    rank_rate_chebyshev,
    top_k_union,
)

CLAIMS = (
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
        constant=1 / (36 * e),
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
        constant=3 / (128 * e),
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
        figure="bracket",
        experiment="bracket",
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
        erratum="Not for A = B at every k: at k > 1 an error below eps does not "
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
)
