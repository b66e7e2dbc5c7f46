"""Compressed sensing: what l1-minimisation recovers from random measurements."""

from lcs.claims.claim import DERIVED, Claim
from lcs.claims.laws import everywhere, half_dense

CLAIMS = (
    Claim(
        id="CS-dt-weak",
        source="Donoho, Tanner 2009, J. Amer. Math. Soc. 22:1-53; Amelunxen, Lotz, McCoy, Tropp "
        "2014, Inf. Inference 3:224-294",
        locator="weak threshold; theorem II and proposition 4.5",
        statement=r"For Gaussian $A$ the success of $\ell_1$-minimisation on one $k$-sparse $z$ "
        r"passes from $1$ to $0$, as $m$ grows at fixed $\delta = d/m$, where $k/d$ crosses "
        r"$\rho = 1 - a Q(a)/\phi(a)$ with $\delta = 2\phi(a)/(a + 2(\phi(a) - a Q(a)))$.",
        side="exact",
        domain=everywhere,
        domain_text="Gaussian A, m -> infinity at fixed d/m; a statement about most A for each z",
        figure="transition",
        experiment="transition",
    ),
    Claim(
        id="CS-dt-finite-size",
        source="Affentranger, Schneider 1992, Discrete Comput. Geom. 7:219-226; Amelunxen, Lotz, "
        "McCoy, Tropp 2014, Inf. Inference 3:224-294",
        locator="fact 2.1, the conic kinematic formula",
        statement=r"For Gaussian $A$ and every $k$-sparse $z$ the probability that "
        r"$\ell_1$-minimisation recovers $z$ is $2(V_{d-1} + V_{d-3} + \ldots)$, $V_j$ the conic "
        r"intrinsic volumes of the descent cone of $||\cdot||_1$ at $z$.",
        side="exact",
        domain=everywhere,
        domain_text="Gaussian A with independent N(0, 1) entries, columns not scaled; k >= 1",
        figure="transition",
        experiment="transition",
    ),
    Claim(
        id="CS-monotone-in-d",
        source="classical",
        locator="more rows shrink the feasible set",
        statement=r"If $\ell_1$-minimisation recovers $z$ from the first $d$ rows of $A$, it "
        r"recovers $z$ from the first $d + 1$.",
        side="exact",
        domain=everywhere,
        domain_text="every real matrix A, every z; columns not scaled anew at each d",
        figure="linear-vs-l1",
        experiment="linear_vs_l1",
    ),
    Claim(
        id="CS-k2-versus-k",
        source=DERIVED,
        locator="LCS-ceiling against GKP26-thm1",
        statement=r"Coherence, rows or columns of $I - B^T A$ certify recovery of every "
        r"$k$-sparse $z$ only if $d > (2k-1)^2 (m-d)/(m-1)$, while some $A$ with "
        r"$d \leq 11 k \ln(m/k)$ recovers every one.",
        side="qualitative",
        domain=half_dense,
        domain_text="1 <= k <= m/2; the two part where (2k-1)^2 > 11 k ln(m/k) m/(m-d)",
        figure="linear-vs-l1",
        experiment="linear_vs_l1",
    ),
)
