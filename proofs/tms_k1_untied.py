"""Three dimensions read every single active feature exactly, once output weights are free.

a_j = (cos t_j, sin t_j, 1) and b_i = (cos t_i, sin t_i, -cos delta)/(1 - cos delta) with t_j = j
delta, delta = 2 pi/n, n >= 3.
"""

from sympy import Ge, Max, Symbol, cos, expand_trig, limit, oo, pi, sin, sqrt, symbols

from proofs.certificates import at_least_zero
from proofs.proof import Proof, Steps

proof = Proof("TMS-k1-untied")


@proof.symbolic(
    r"$\langle b_i, a_j \rangle (1 - \cos\delta) = \cos(\theta_i - \theta_j) - \cos\delta$, and $1 "
    r"- \cos\delta = 2\sin^2(\pi/n) > 0$, as $0 < \pi/n < \pi$. At $i = j$ the product is $1$."
)
def _() -> Steps:
    s, t, d = symbols("s t d", real=True)
    written = cos(s) * cos(t) + sin(s) * sin(t) - cos(d)
    yield expand_trig(cos(s - t)) - cos(d) - written
    yield expand_trig(1 - cos(2 * d)) - 2 * sin(d) ** 2
    yield (written.subs(s, t) / (1 - cos(d))).simplify() - 1


@proof.symbolic(
    r"$i - j = \pm l$, $1 \leq l \leq n - 1$: $\cos l\delta - \cos\delta = -2 \sin((l+1)\pi/n) "
    r"\sin((l-1)\pi/n) \leq 0$, since both angles lie in $[0, \pi]$, where the sine is $\geq 0$."
)
def _() -> Steps:
    x, h = symbols("x h", real=True)  # x = l h, h = pi/n = delta/2
    difference = cos(2 * x) - cos(2 * h)
    yield expand_trig(difference + 2 * sin(x + h) * sin(x - h))
    before, after = symbols("before after", nonnegative=True)  # l - 1 and n - 1 - l
    n = before + after + 2
    l_ = before + 1
    yield Ge(pi * (l_ - 1) / n, 0)
    yield from at_least_zero(pi - pi * (l_ + 1) / n, pi * after / n)


@proof.symbolic(
    r"So at $x = t e_j$, $0 \leq t \leq 1$, without bias, output $j$ is $\mathrm{relu}(t) = t$ and "
    r"output $i \neq j$ is $\mathrm{relu}(-st) = 0$, $s \geq 0$: exact, for every $n \geq 3$. With "
    r"tied weights $n \leq 2m = 6$ (TMS-k1-two-m)."
)
def _() -> Steps:
    s, t = symbols("s t", nonnegative=True)
    yield Max(0, t) - t
    yield Max(0, -s * t)


@proof.symbolic(
    r"The lengths: $||b_i|| = \sqrt{1 + \cos^2\delta}/(2\sin^2(\pi/n))$, and $||b_i||/n^2 \to "
    r"\sqrt 2/(2\pi^2)$."
)
def _() -> Steps:
    t, d = symbols("t d", real=True)
    yield cos(t) ** 2 + sin(t) ** 2 + cos(d) ** 2 - (1 + cos(d) ** 2)
    n = Symbol("n", positive=True)
    length = sqrt(1 + cos(2 * pi / n) ** 2) / (2 * sin(pi / n) ** 2)
    yield limit(length / n**2, n, oo) - sqrt(2) / (2 * pi**2)


proof.main(__name__)
