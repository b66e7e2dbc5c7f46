"""Linear readout: the worst case, the best probes, and what follows from them."""

from lcs.claims.claim import DERIVED, Claim
from lcs.claims.laws import everywhere, not_trivial

CLAIMS = (
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
