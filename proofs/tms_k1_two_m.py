"""What reads every single active feature exactly, and how many features can be read so.

The ReLU model reads x as relu(G x + b), G = W^T W; 1-sparse inputs are 0 and t e_j, 0 < t <= 1.
"""

from sympy import Ge, Gt, Matrix, Symbol, solve, symbols

from proofs.certificates import above_zero
from proofs.proof import Proof, Steps

proof = Proof("TMS-k1-two-m")


@proof.symbolic(
    r"Only if, the feature itself: $\mathrm{relu}(||W_i||^2 t + b_i) = t > 0$ makes $||W_i||^2 t + "
    r"b_i = t$ for all $t \in (0, 1]$; at two values of $t$ this says $||W_i|| = 1$ and $b_i = 0$."
)
def _() -> Steps:
    gain, b = symbols("gain b", real=True)
    s, more = symbols("s more", positive=True)
    t = s + more
    found = solve([gain * s + b - s, gain * t + b - t], [gain, b], dict=True)
    yield Matrix([len(found) - 1, found[0][gain] - 1, found[0][b]])


@proof.symbolic(
    r"Only if, the others: $\mathrm{relu}(G_{ij} t) = 0$ makes $G_{ij} = W_i \cdot W_j \leq 0$, as "
    r"$G_{ij} > 0$ would give $G_{ij} t > 0$. If: then $\mathrm{relu}(t) = t$, "
    r"$\mathrm{relu}(G_{ij} t) = 0$ and $\mathrm{relu}(0) = 0$."
)
def _() -> Steps:
    t, positive = symbols("t positive", positive=True)
    opposed = Symbol("opposed", nonnegative=True)
    yield Gt(positive * t, 0)
    yield Ge(opposed * t, 0)  # G_ij = -opposed


@proof.symbolic(
    r"At most $2m$ nonzero vectors of $\mathbb{R}^m$ have inner products $\leq 0$ in pairs: by "
    r"induction on $m$, none fit in $m = 0$. Take one, $v$ (scaled to length 1), and project the "
    r"others along it, $u_i = W_i - \langle W_i, v \rangle v$: $\langle u_i, v \rangle = 0$, and "
    r"$\langle u_i, u_j \rangle = \langle W_i, W_j \rangle - \langle W_i, v \rangle \langle W_j, v "
    r"\rangle \leq 0$, since both factors of the product are $\leq 0$."
)
def _() -> Steps:
    x, y, v = (Matrix(symbols(f"{name}:3", real=True)) for name in "xyv")
    u, w = x - x.dot(v) * v, y - y.dot(v) * v
    lost = x.dot(v) * y.dot(v) * (v.dot(v) - 1)  # 0, as |v| = 1
    yield u.dot(w) - (x.dot(y) - x.dot(v) * y.dot(v)) - lost
    yield u.dot(v) + x.dot(v) * (v.dot(v) - 1)
    apart, first, second = symbols("apart first second", nonnegative=True)
    yield Ge(-(-apart - (-first) * (-second)), 0)


@proof.symbolic(
    r"$u_i = 0$ means $W_i = -s v$, $s > 0$, and two such, $-sv$ and $-s'v$, have inner product $s "
    r"s' > 0$: at most one. The other $n - 2$ or more of the $u_i$ are nonzero and lie in $m - 1$ "
    r"dimensions: $n - 2 \leq 2(m-1)$, so $n \leq 2m$."
)
def _() -> Steps:
    s, other = symbols("s other", positive=True)
    yield from above_zero((-s) * (-other), s * other)
    n, m = symbols("n m")
    yield (2 * (m - 1) - (n - 2)) - (2 * m - n)


@proof.symbolic(
    r"$n = 2m$: were no $u_i = 0$, $n - 1 = 2m - 1 > 2(m-1)$ would be nonzero. So every feature "
    r"$v$ has an opposite, $-v$ as lengths are 1. Any other $w$ has $\langle w, v \rangle \leq 0$ "
    r"and $\langle w, -v \rangle \leq 0$, so it is orthogonal to both: $m$ orthogonal antipodal "
    r"pairs. These satisfy the conditions: $v \cdot (-v) = -1$, all else 0."
)
def _() -> Steps:
    m = Symbol("m", positive=True)
    yield from above_zero((2 * m - 1) - 2 * (m - 1), m**0)
    low = Symbol("low", positive=True)
    yield Gt((-1) * (-low), 0)  # <w, v> = -low < 0 would make <w, -v> > 0


proof.main(__name__)
