"""The projector P on the row space of W, in letters that do not commute: P P = P and G P = G.

G = W^T W. P is symmetric, and W P = W makes G P = P G = G.
"""

from sympy import Expr, Symbol, expand

from proofs.proof import Steps

G, P, X, Y = (Symbol(name, commutative=False) for name in ("G", "P", "X", "Y"))


def reduced(word: Expr) -> Expr:
    """Use P P = P, G P = G and P G = G until nothing changes."""
    before = None
    while word != before:
        before, word = word, expand(word).subs([(P**2, P), (G * P, G), (P * G, G)])
    return word


def squares_split() -> Steps:
    """Show that X X^T = (XP)(XP)^T + (X(1-P))(X(1-P))^T, whose traces are squared lengths.

    Y stands for X^T; P and 1 - P are their own transposes.
    """
    yield reduced(X * Y - (X * P) * (P * Y) - (X * (1 - P)) * ((1 - P) * Y))


def beyond() -> Steps:
    """Show that (G - 1)(1 - P) = -(1 - P): off the row space of W nothing is read."""
    yield reduced((G - 1) * (1 - P) + (1 - P))
