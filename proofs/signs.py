"""Steps on sums of independent fair signs, which the random codes rest on (Hoeffding)."""

from itertools import product

from sympy import Ge, Rational, Symbol, cosh, exp, factorial, gammasimp, oo, summation, symbols

from proofs.proof import Proof, Steps


def products_are_fair(proof: Proof) -> None:
    """Add: the terms of a signed sum of inner products of sign columns are fair and independent."""

    @proof.exact(
        r"Fix $i$, other columns $j \in S$ and signs $s_j$. Whatever $a_i$ is, the map from the "
        r"signs of the columns $a_j$ to $s_j a_{il} a_{jl}$, $j \in S$, $l \leq d$, only flips "
        r"some of them, so it is a bijection of sign patterns and keeps them independent and fair "
        r"(exhausted for $|S|\, d \leq 6$): $d \sum_{j \in S} s_j \langle a_i, a_j \rangle$ is a "
        r"sum of $|S|\, d$ independent fair signs."
    )
    def _() -> Steps:
        for k, d in ((1, 1), (1, 2), (1, 4), (2, 1), (2, 2), (3, 1), (3, 2), (2, 3)):
            patterns = set(product((-1, 1), repeat=k * d))
            for a in product((-1, 1), repeat=d):
                for s in product((-1, 1), repeat=k):
                    flips = [s[j] * a[l] for j in range(k) for l in range(d)]
                    image = {tuple(f * x for f, x in zip(flips, e, strict=True)) for e in patterns}
                    yield image == patterns


def moments(proof: Proof) -> None:
    """Add: a fair sign has E exp(s sign) = cosh s <= exp(s^2/2)."""

    @proof.symbolic(
        r"A fair sign $\varepsilon$ has $E e^{s\varepsilon} = \cosh s \leq e^{s^2/2}$, coefficient "
        r"by coefficient: $s^{2n}/(2n)!$ against $s^{2n}/(2^n n!)$. The quotient $r_n = (2n)!/(2^n "
        r"n!)$ of the two has $r_0 = 1$ and $r_{n+1}/r_n = 2n + 1 \geq 1$, so $r_n \geq 1$ for all "
        r"$n$."
    )
    def _() -> Steps:
        s = Symbol("s", real=True)
        n = Symbol("n", integer=True, nonnegative=True)
        yield (exp(s) + exp(-s)) / 2 - cosh(s).rewrite(exp)
        mine, other = 1 / factorial(2 * n), 1 / (2**n * factorial(n))
        yield summation(s ** (2 * n) * mine, (n, 0, oo)) - cosh(s)
        yield summation(s ** (2 * n) * other, (n, 0, oo)) - exp(s**2 / 2)
        r = other / mine
        yield r.subs(n, 0) - 1
        yield gammasimp(r.subs(n, n + 1) / r) - (2 * n + 1)
        yield Ge(2 * n + 1, 1)


def tail(proof: Proof) -> None:
    """Add: P(S_N >= a) <= exp(-a^2/(2N)) for a sum S_N of N independent fair signs."""

    @proof.symbolic(
        r"A sum $S_N$ of $N$ independent fair signs has $P(S_N \geq a) \leq e^{-a^2/(2N)}$, $a > "
        r"0$: $1[S \geq a] \leq e^{s(S - a)}$ for every $s > 0$ (Markov), independence gives $E "
        r"e^{sS} = (\cosh s)^N \leq e^{Ns^2/2}$, and $Ns^2/2 - sa$ is $-a^2/(2N)$ at $s = a/N$ and "
        r"nowhere less."
    )
    def _() -> Steps:
        N, a = symbols("N a", positive=True)
        s = Symbol("s", real=True)
        exponent = N * s**2 / 2 - s * a
        yield exponent.subs(s, a / N) + a**2 / (2 * N)
        yield exponent + a**2 / (2 * N) - Rational(1, 2) * N * (s - a / N) ** 2
