"""Classical compressed sensing, against which linear readout is held."""

from lcs.claims.claim import DERIVED, Claim
from lcs.claims.laws import half_dense

CLAIMS = (
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
    ),
)
