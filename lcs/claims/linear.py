"""Linear readout: the worst case, the best probes, and what follows from them."""

from lcs.claims.claim import DERIVED, Claim
from lcs.claims.laws import below_one, compressible, everywhere, not_trivial, up_to_half

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
        figure="probes",
        experiment="collapse",
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
        figure="linear-vs-l1",
        experiment="linear_vs_l1",
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
    Claim(
        id="LCS-ceiling",
        source=DERIVED,
        locator="Welch bound; radial isotropic position for the columns",
        statement=r"For every $A$ with $d < m$ and every $B$ some row, and some column, of "
        r"$I - B^T A$ has its $k$ largest absolute entries sum to at least "
        r"$\min(1, k\mu/(1+\mu))$, $\mu^2 = (m-d)/(d(m-1))$: neither certifies recovery beyond "
        r"$k < (1 + \sqrt{d(m-1)/(m-d)})/2$. Equality at equiangular tight frames.",
        side="lower",
        domain=compressible,
        domain_text="d < m, 1 <= k < m",
        erratum="Sometimes called a ceiling for any A: it is one for these certificates and for "
        "coherence, not for recovery. Some A with d = 832, m = 1000 recovers every 100-sparse z "
        "(GKP26-thm1), where the ceiling is 35.",
        figure="linear-vs-l1",
        experiment="linear_vs_l1",
    ),
    Claim(
        id="LCS-geometry-2d",
        source=DERIVED,
        locator="two extra dimensions",
        statement=r"For all $A, B$ and $\lambda \geq 0$, $a_i' = (a_i, \lambda ||a_i||, 0)$ and "
        r"$b_i' = (b_i, 0, \lambda ||b_i||)$ have $B'^T A' = B^T A$, $\cos(a_i', b_i') = "
        r"\cos(a_i, b_i)/(1+\lambda^2)$ and $1 - \cos(a_i', a_j') = "
        r"(1 - \cos(a_i, a_j))/(1+\lambda^2)$, likewise for $b$.",
        side="exact",
        domain=everywhere,
        domain_text="every A, B without zero columns",
        erratum="The construction costs exactly 2 dimensions; the geometry does not need them. "
        "One is enough for the same error and own cosines -> 0, other cosines -> 1, if signs of "
        "features may flip: stretch the probes along one direction and give the features the new "
        "one. B^T A itself, signs included, needs 2 where positive combinations of the columns of "
        "A and of those of B are 0; and none is not enough for a tight frame A = B, where own "
        "cosines at most delta and others at least 1 - delta need (1 - delta) sqrt d <= delta.",
    ),
    Claim(
        id="LCS-geometry-norms",
        source=DERIVED,
        locator="Proposition 11, sharp",
        statement=r"If $||a_i||, ||b_i|| \leq g$ and the error at sparsity $k$ is at most "
        r"$\epsilon < 1$, every $\cos(a_i, a_j)$ and $\cos(b_i, b_j)$, $i \neq j$, is at most "
        r"$\sqrt{1-(1-\epsilon)^2/g^4}$ for $k \geq 2$, and at most $(\epsilon(1-\epsilon) + "
        r"\sqrt{(g^4-\epsilon^2)(g^4-(1-\epsilon)^2)})/g^4$ for $k = 1$, $\epsilon \leq 1/2$. "
        r"Both are attained for all $g^2 \geq 1-\epsilon$.",
        side="exact",
        domain=below_one,
        domain_text="eps < 1, g^2 >= 1 - eps (no such pair exists below); at k = 1 and eps > 1/2 "
        "the largest cosine is 1",
        figure="cosines",
        experiment="geometry",
    ),
    Claim(
        id="LCS-affine-one-dimension",
        source=DERIVED,
        locator="affine decoders",
        statement=r"On $k$-sparse $z \in [0,1]^m$ the best affine decoder of feature $i$ errs by "
        r"$\max \{w_i : Aw = 0, ||w||_\infty \leq 1, \sum w^+ \leq k, \sum w^- \leq k\}/2$; "
        r"thresholds read all features of $z \in \{0,1\}^m$ exactly when this is below $1/2$ for "
        r"every $i$. The least $d$ for which they do is $d(m,k,1/2)$ or one less; the least $d$ "
        r"with affine errors below $\epsilon \leq 1/2$ is $d(m,k,\epsilon)$ or one less.",
        side="exact",
        domain=up_to_half,
        domain_text="1 <= k <= m, eps <= 1/2; z with fewer than k active features count",
    ),
    Claim(
        id="LCS-relu-worst-case",
        source=DERIVED,
        locator="ReLU decoders",
        statement=r"On $k$-sparse $z \in [0,1]^m$ the largest $|\mathrm{relu}(u) - z_i|$, "
        r"$u = \langle b_i, Az \rangle + c_i$, is the largest of $0$, $c_i + P_k$, $c_i + g - 1 + "
        r"P_{k-1}$ and $\min(1, (N_{k-1} - c_i + \max(0, 1-g))/\max(1, g))$, with $g = X_{ii}$ and "
        r"$P_k, N_k$ the sums of the $k$ largest positive parts of $X_{ij}$, $-X_{ij}$, "
        r"$j \neq i$.",
        side="exact",
        domain=everywhere,
        domain_text="every real A, B, c, 1 <= k <= m",
    ),
)
