"""The collapse theorem: d(m, k, eps) = d(m, 1, eps/k), and what follows at its edges.

For one code A, with M = B^T A - I: every z in ker A satisfies z = -Mz, which bounds the error of
every B from below by alpha_1 = max ||z||_inf/||z||_1 over ker A (0 if ker A = 0); the probes that
are best at k = 1 reach that bound at every k. The dimensions follow in both directions.
"""

from sympy import Rational, Symbol, symbols

from proofs.certificates import above_zero, at_least_zero
from proofs.proof import Proof, Steps
from proofs.top_k import exchange

proof = Proof("LCS-collapse")


@proof.cited(
    r"The error of $(A, B)$ at sparsity $k$ is $e = \max_i ||M_i||_{[k]}$, the largest top-$k$ "
    r"sum of a row (every real $M$, $1 \leq k \leq m$).",
    source="LCS-worst-case",
)
def _() -> Steps:
    for m in range(1, 10):
        for k in range(1, m + 1):
            yield 1 <= k <= m


@proof.symbolic(
    r"Lower bound, every $B$. Scale $z \in \ker A$, $z \neq 0$, to $\max(||z||_\infty, ||z||_1/k) "
    r"= 1$. Weights $|z_j| \leq 1$ of sum $\leq k$ give at most the top-$k$ sum, so $|z_i| = "
    r"|\langle M_i, z \rangle| \leq ||M_i||_{[k]} \leq e$. On the $k$ largest and off them the "
    r"difference is a sum of products $\geq 0$."
)
def _() -> Steps:
    yield from exchange()


@proof.symbolic(
    r"So $e \geq ||z||_\infty / \max(||z||_\infty, ||z||_1/k) = \min(1, k ||z||_\infty/||z||_1)$: "
    r"with $a = ||z||_\infty$, $l = ||z||_1$, if $l = k(a + h)$ the quotient is $ka/l = 1 - kh/l "
    r"\leq 1$, and if $a = l/k + h$ it is 1 while $ka/l = 1 + kh/l \geq 1$. The largest over $\ker "
    r"A$ is $\min(1, k \alpha_1)$."
)
def _() -> Steps:
    a, l, k = symbols("a l k", positive=True)
    h = Symbol("h", nonnegative=True)
    long = k * (a + h)
    yield a / (long / k) - k * a / long
    yield from at_least_zero(1 - k * a / long, k * h / long)
    large = l / k + h
    yield from at_least_zero(k * large / l - 1, k * h / l)


@proof.cited(
    r"Upper bound. Some $B$ has $|M_{ij}| \leq \alpha_{1,i} \leq \alpha_1 = \max_i \alpha_{1,i}$ "
    r"(the sign of $z$ is free, so $\max_i \max z_i$ over $||z||_1 \leq 1$ is the largest "
    r"$||z||_\infty/||z||_1$). $k$ entries of one row sum to at most $k \alpha_1$, for every $k$ "
    r"at once; $B = 0$ leaves $M = -I$, error 1. Hence $\min_B e = \min(1, k \alpha_1)$ for every "
    r"$A$.",
    source="LCS-probes-dual",
)
def _() -> Steps:
    for m in range(1, 10):
        for k in range(1, m + 1):
            row = [0] * (m - 1) + [1]
            yield sum(sorted(row)[-k:]) == 1


@proof.symbolic(
    r"Dimensions. ($\leq$) An error $\delta' < \epsilon/k$ at $k = 1$ makes top-$k$ sums $\leq k "
    r"\delta' < \epsilon$. ($\geq$) An error $e < \epsilon \leq 1$ at $k$ means $\min(1, k "
    r"\alpha_1) \leq e < 1$, so $\alpha_1 \leq e/k < \epsilon/k$, and the best probes have that "
    r"error at $k = 1$, in the same dimension. Both use one scaling by $k > 0$."
)
def _() -> Steps:
    k, short, room, value = symbols("k short room value", positive=True)
    eps = value + short
    yield from above_zero(eps - k * (eps / k - room), k * room)  # delta' = eps/k - room
    yield from above_zero(eps / k - value / k, short / k)


@proof.symbolic(
    r"As a rank: $d(m,k,\epsilon)$ is the least rank of $X$ with unit diagonal and $|X_{ij}| < \mu "
    r"= \delta/(1-\delta)$ off it, $\delta = \epsilon/k < 1$. From $|M_{ij}| < \delta$, rows "
    r"divided by $X_{ii} > 1 - \delta > 0$ have $|X_{ij}|/X_{ii} < \delta/(1-\delta)$. Back, if "
    r"the largest is $\nu < \mu$, $cX$ with $c = 1/(1+\nu)$ errs by $1 - c = c\nu = \nu/(1+\nu) < "
    r"\delta$."
)
def _() -> Steps:
    delta, nu, gap, up = symbols("delta nu gap up", positive=True)
    mu = delta / (1 - delta)
    # delta = off + gap and X_ii = kept + up, kept = 1 - delta: the quotient falls short of mu
    kept, off = symbols("kept off", nonnegative=True)
    kept += gap
    yield from above_zero(
        (off + gap) / kept - off / (kept + up),
        (gap * (kept + up) + off * up) / (kept * (kept + up)),
    )
    c = 1 / (1 + nu)
    yield (1 - c) - c * nu
    yield mu / (1 + mu) - delta
    larger = nu + gap
    yield from above_zero(larger / (1 + larger) - nu / (1 + nu), gap / ((1 + nu) * (1 + larger)))


@proof.symbolic(
    r"Edges in general. $\epsilon > 1$: $d = 0$, since $M = -I$ has error 1; $\epsilon \leq 1$: $d "
    r"\geq 1$ for the same reason. $\ker A \neq 0$ has $\alpha_1 \geq 1/m$, as $||z||_1 \leq m "
    r"||z||_\infty$, reached by the kernel of $(1, \ldots, 1)$: so $m - 1$ dimensions do iff "
    r"$\epsilon/k > 1/m$, and $d = m$ if not. $k = 1$, $\epsilon > 1/2$: $X$ of entries $1/2$ has "
    r"rank 1 and error $1/2$."
)
def _() -> Steps:
    m, a = symbols("m a", positive=True)
    h = Symbol("h", nonnegative=True)
    l = m * a - h
    yield a / l - 1 / m - h / (m * l)
    yield a / (m * a) - 1 / m
    half = Rational(1, 2)
    yield abs(half - 1) - half  # on the diagonal; off it the entry itself


@proof.symbolic(
    r"$k = 1$, $\epsilon = 1/2$, $m \geq 2$: $d = 2$. One row $(a_1, a_2, \ldots)$ has $(a_2, "
    r"-a_1, 0, \ldots)$ in its kernel (or a unit vector, if both vanish), where $||z||_\infty \geq "
    r"||z||_1/2$; two rows of $m$ distinct lines in the plane have $|\cos| < 1$ off the diagonal, "
    r"that is $\mu = 1$, $\delta = 1/2$. At $m = 1$, $d = 1$."
)
def _() -> Steps:
    a, b = symbols("a b", real=True)
    small, h = symbols("small h", nonnegative=True)
    yield a * b + b * (-a)
    yield from at_least_zero((small + h) - ((small + h) + small) / 2, h / 2)
    # cos^2 + sin^2 = 1 for lines (1, s), (1, t): 1 - cos^2 = (s - t)^2/((1 + s^2)(1 + t^2))
    s, t = symbols("s t", real=True)
    yield (
        1 - (1 + s * t) ** 2 / ((1 + s**2) * (1 + t**2)) - (s - t) ** 2 / ((1 + s**2) * (1 + t**2))
    )


proof.main(__name__)
