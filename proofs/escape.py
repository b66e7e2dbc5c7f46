"""Steps on null spaces of Gaussian matrices, which escape from cones (Gordon)."""

from sympy import (
    Expr,
    Rational,
    Symbol,
    diff,
    erfc,
    exp,
    expand,
    gamma,
    gammasimp,
    integrate,
    limit,
    oo,
    pi,
    simplify,
    sqrt,
    symbols,
)

from proofs.proof import Proof, Steps

t = Symbol("t", real=True)


def density(x: Expr) -> Expr:
    """The standard normal density."""
    return exp(-(x**2) / 2) / sqrt(2 * pi)


def beyond(x: Expr) -> Expr:
    """The mass of the standard normal beyond x, Q(x)."""
    return erfc(x / sqrt(2)) / 2


def excess(x: Expr) -> Expr:
    """E (|g| - x)_+^2 for a standard normal g and x >= 0."""
    return 2 * ((1 + x**2) * beyond(x) - x * density(x))


def gordon(proof: Proof) -> None:
    """Add: the chance that the null space of a Gaussian A meets a cone, the theorem and its use."""

    @proof.cited(
        r"Let $A$ be $d \times m$ with independent $N(0,1)$ entries, $T$ a closed subset of the "
        r"unit sphere of $R^m$ and $w = E \max_{h \in T} \langle g, h \rangle$. Gordon: $E \min_{h "
        r"\in T} |Ah| \geq \lambda_d - w$, $\lambda_d = E|g_d|$, $g_d$ Gaussian in $R^d$. And a "
        r"function of $A$ with Lipschitz constant 1 falls $u > 0$ below its mean with probability "
        r"at most $e^{-u^2/2}$. Hypothesis: $||Ah| - |A'h|| \leq |(A - A')h| \leq \|A - A'\|_F$ "
        r"for $|h| = 1$ (Lagrange's identity $|c|^2 |h|^2 - \langle c, h \rangle^2 = \sum_{i<j} "
        r"(c_i h_j - c_j h_i)^2$ for each row $c$ of $A - A'$; written out for $m \leq 4$), and a "
        r"minimum of such functions has that constant too.",
        source="Gordon, LNM 1317 (1988), corollary 1.2; Tsirelson, Ibragimov, Sudakov, LNM 550 "
        "(1976)",
    )
    def _() -> Steps:
        for m in range(1, 5):
            c, h = symbols(f"c:{m}"), symbols(f"h:{m}")
            inner = sum(a * b for a, b in zip(c, h, strict=True))
            pairs = sum((c[i] * h[j] - c[j] * h[i]) ** 2 for j in range(m) for i in range(j))
            sizes = sum(a**2 for a in c) * sum(b**2 for b in h)
            yield expand(sizes - inner**2 - pairs) == 0

    @proof.symbolic(
        r"So if $\lambda_d > w$, $\ker A$ meets $T$ with probability at most $e^{-(\lambda_d - "
        r"w)^2/2}$: there $\min |Ah| = 0$, which is $u = \lambda_d - w$ below $\lambda_d - w$. "
        r"$\lambda_d = \int r\, r^{d-1} e^{-r^2/2} dr / \int r^{d-1} e^{-r^2/2} dr = \sqrt{2}\, "
        r"\Gamma((d+1)/2)/\Gamma(d/2)$."
    )
    def _() -> Steps:
        d, r = symbols("d r", positive=True)
        mass = integrate(r ** (d - 1) * exp(-(r**2) / 2), (r, 0, oo))
        first = integrate(r**d * exp(-(r**2) / 2), (r, 0, oo))
        yield simplify(first / mass) - sqrt(2) * gamma((d + 1) / 2) / gamma(d / 2)


def excess_in_closed_form(proof: Proof) -> None:
    """Add: E (|g| - t)_+^2 = 2((1 + t^2) Q(t) - t phi(t))."""

    @proof.symbolic(
        r"$E(|g|-t)_+^2 = 2\int_t^\infty (x-t)^2 \phi(x) dx = 2((1+t^2)Q(t) - t\phi(t))$ for $t "
        r"\geq 0$: $-(x-2t)\phi(x) - (1+t^2)Q(x)$ has the derivative $(x-t)^2\phi(x)$, falls to 0 "
        r"at infinity, and is $t\phi(t) - (1+t^2)Q(t)$ at $x = t$. Here $Q' = -\phi$."
    )
    def _() -> Steps:
        x = Symbol("x", real=True)
        yield diff(beyond(x), x) + density(x)
        primitive = -(x - 2 * t) * density(x) - (1 + t**2) * beyond(x)
        yield diff(primitive, x) - (x - t) ** 2 * density(x)
        yield limit(primitive, x, oo)
        yield -2 * primitive.subs(x, t) - excess(t)


def mean_length(proof: Proof) -> None:
    """Add: d - 1 < lambda_d^2 < d."""

    @proof.symbolic(
        r"$\lambda_d \lambda_{d+1} = d$, and $\lambda_d$ rises with $d$ (one more coordinate makes "
        r"a vector longer), with $\lambda_1 > 0$. So $d - 1 = \lambda_{d-1}\lambda_d < \lambda_d^2 "
        r"< \lambda_d \lambda_{d+1} = d$ for $d \geq 2$; $\lambda_1^2 = 2/\pi$ is in $(0, 1)$ too."
    )
    def _() -> Steps:
        d = Symbol("d", positive=True)
        length = sqrt(2) * gamma((d + 1) / 2) / gamma(d / 2)
        yield gammasimp(length * length.subs(d, d + 1)) - d
        yield length.subs(d, 1) ** 2 - 2 / pi
        yield (2 / pi < 1) & (2 / pi > 0)
        yield length.subs(d, 2) - sqrt(pi * Rational(1, 2))
