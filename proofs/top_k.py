"""Why no weights of total k beat the k largest numbers: the exchange behind top-k sums."""

from sympy import Ge, symbols

from proofs.proof import Steps


def exchange() -> Steps:
    """Show sum_j w_j |v_j| <= ||v||_[k] for 0 <= w_j <= 1 with sum_j w_j <= k, entry by entry.

    Let t >= 0 be the k-th largest |v_j| and T the k largest: an entry of T is t + u_j, another is
    t - u_j, u_j >= 0. Then the difference is the sum over T of (1 - w_j) u_j, plus that off T of
    w_j u_j, plus t (k - sum_j w_j).
    """
    t, u, w, left, short = symbols("t u w left short", nonnegative=True)
    k, inside, outside = symbols("k inside outside")  # the sums of w over T and off T
    yield (1 - w) * (t + u) - ((1 - w) * u + t * (1 - w))
    yield -w * (t - u) - (w * u - t * w)
    yield (t * (k - inside) - t * outside) - t * (k - (inside + outside))
    yield Ge(left * u + w * u + t * short, 0)  # left = 1 - w, short = k - sum of w
