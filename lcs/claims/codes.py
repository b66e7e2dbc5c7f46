"""Explicit codes and their coherences."""

from lcs.claims.claim import DERIVED, Claim
from lcs.claims.laws import everywhere

CLAIMS = (
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
        id="LCS-puncture",
        source=DERIVED,
        locator="rows dropped",
        statement=r"From $m$ columns of signs over $\sqrt{d}$, of coherence $\mu$: $m$ in "
        r"$\mathbb{R}^{d-p}$ of coherence at most $(d\mu + p)/(d - p)$.",
        side="upper",
        domain=everywhere,
        domain_text="every code of signs, 1 <= p < d (1 - mu)/2",
    ),
    Claim(
        id="LCS-labelled",
        source=DERIVED,
        locator="labelled chirps",
        statement=r"For $p \geq 11$ prime, $t = 3, 4$, $s \leq p$: $2p^{t-1}s$ unit columns in "
        r"$\mathbb{R}^{2p+s}$ of coherence at most $B/(p + B - b)$, with $B$ and $b$ the largest "
        r"exponential sums of degree $t$, over the differences of $s$ residues, and below $t$.",
        side="upper",
        domain=everywhere,
        domain_text="p >= 11 prime, t = 3 or 4, 1 <= s <= p; B >= b, or else b in its place",
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
)
