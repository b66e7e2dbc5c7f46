"""Means of a ReLU over active features, in closed form: u = b + sum_j c_j x_j, x_j uniform.

R_n(u) = relu(u)^n/n! has derivative R_{n-1} for n >= 2. By the fundamental theorem of calculus, one
x_j after the other, every integral over a c_j != 0 turns R_n into a difference of R_{n+1}/c_j:
    E relu(u)^2 = 2 sum_S (-1)^{k-|S|} R_{k+2}(b + c_S)/prod_j c_j,  c_S = sum of c_j over S,
    E relu(u)   =   sum_S (-1)^{k-|S|} R_{k+1}(b + c_S)/prod_j c_j,
    int_0^1 x R_n(u + c x) dx = R_{n+1}(u + c)/c - (R_{n+2}(u + c) - R_{n+2}(u))/c^2.
Numbers may be balls, rationals or sympy expressions.
"""

from collections.abc import Callable, Sequence
from itertools import combinations
from math import factorial, prod
from typing import Any

Number = Any
Relu = Callable[[Number], Number]


def alternating(f: Callable[[Number], Number], b: Number, c: Sequence[Number]) -> Number:
    """sum_S (-1)^{k-|S|} f(b + c_S)/prod_j c_j: the integral, f the k-fold antiderivative."""
    k = len(c)
    total = 0 * b
    for size in range(k + 1):
        for S in combinations(range(k), size):
            value = f(sum((c[j] for j in S), b))
            total = total + value if (k - size) % 2 == 0 else total - value
    return total / prod(c) if k else total


def power(relu: Relu, n: int) -> Callable[[Number], Number]:
    """R_n."""
    return lambda u: relu(u) ** n / factorial(n)


def mean_square(relu: Relu, b: Number, c: Sequence[Number]) -> Number:
    """E relu(u)^2."""
    return 2 * alternating(power(relu, len(c) + 2), b, c)


def mean(relu: Relu, b: Number, c: Sequence[Number]) -> Number:
    """E relu(u)."""
    return alternating(power(relu, len(c) + 1), b, c)


def mean_product(relu: Relu, b: Number, own: Number, c: Sequence[Number]) -> Number:
    """E x relu(b + own x + sum_j c_j x_j)."""
    n = len(c) + 1

    def inner(u: Number) -> Number:
        high, low = power(relu, n + 2)(u + own), power(relu, n + 2)(u)
        return power(relu, n + 1)(u + own) / own - (high - low) / own**2

    return alternating(inner, b, c)
