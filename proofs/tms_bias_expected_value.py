"""The biases of the best linear model: 0 for what is kept, the mean of what is not.

Notation of the proof of TMS-linear-top-m; importances are distinct and above 0, in falling order.
"""

from sympy import Gt, Symbol, symbols

from proofs.projectors import G, P, reduced
from proofs.proof import Proof, Steps

proof = Proof("TMS-bias-expected-value")


@proof.cited(
    r"The loss is $s_2(||DRP||^2 + \sum_i I_i(1 - q_i))$ at the best bias, $0 \leq q_i \leq 1$, "
    r"$\sum_i q_i \leq m$, and the least is $s_2 \sum_{i>m} I_i$. So at the least loss $DRP = 0$ "
    r"and $\sum_i I_i q_i = \sum_{i \leq m} I_i$.",
    source="TMS-linear-top-m",
)
def _() -> Steps:
    yield 4 - 3 * 1 > 0  # s_2 = p (4 - 3p)/12 > 0 up to p = 1


@proof.symbolic(
    r"With $t = I_m > 0$, $I_i = t + u_i$ for $i < m$ and $t - u_i$ for $i > m$, all $u_i > 0$: "
    r"$\sum_{i \leq m} I_i - \sum_i I_i q_i = \sum_{i<m} (1 - q_i) u_i + \sum_{i>m} q_i u_i + t(m "
    r"- \sum_i q_i)$, entry by entry; a sum of numbers $\geq 0$ which is $0$ only if $q_i = 1$ for "
    r"$i < m$, $q_i = 0$ for $i > m$, and then $q_m = 1$. ($n \leq m$: all $q_i = 1$, as $I_i > "
    r"0$.)"
)
def _() -> Steps:
    t, u, short = symbols("t u short", positive=True)
    q, inside, outside, m = symbols("q inside outside m", real=True)
    yield (t + u) - (t + u) * q - ((1 - q) * u + t * (1 - q))
    yield -(t - u) * q - (q * u - t * q)
    yield t * (m - inside) - t * outside - t * (m - (inside + outside))
    yield Gt(short * u, 0)  # one factor 1 - q_i, or q_i, that is not 0 leaves more than 0
    yield Gt(t * short, 0)


@proof.symbolic(
    r"$\sum_j P_{ij}^2 = q_i$: where $q_i = 1$ or $0$ this leaves $\sum_{j \neq i} P_{ij}^2 = q_i "
    r"- q_i^2 = 0$. So $P = \mathrm{diag}(1, \ldots, 1, 0, \ldots, 0)$. And $DRP = 0$ with $D$ "
    r"invertible says $RP = 0$, that is $G = GP = P$."
)
def _() -> Steps:
    for q in (Symbol("q") ** 0, 0 * Symbol("q")):
        yield q - q**2
    yield reduced((G - 1) * P - (G - P))


@proof.cited(
    r"The bias of least loss is $b_i = -\mu \sum_j R_{ij}$, $\mu = p/2$, and the only one, as "
    r"$I_i > 0$ weighs the square of what it is off.",
    source="TMS-linear-loss-exact",
)
def _() -> Steps:
    for n in range(1, 8):
        for m in range(1, 8):
            for i in range(n):
                row = [int(i == j) * (int(i < m) - 1) for j in range(n)]  # of R = P - 1
                yield -sum(row) == (0 if i < m else 1)  # in units of mu


@proof.symbolic(
    r"So $b_i = -\mu \cdot 0 = 0$ for a feature that is kept, and $-\mu \cdot (-1) = p/2 = E x_i$ "
    r"for one that is not."
)
def _() -> Steps:
    p = Symbol("p", positive=True)
    for kept, b in ((1, 0), (0, p / 2)):
        yield -(p / 2) * (kept - 1) - b


proof.main(__name__)
