"""Inequalities shown by a certificate: a difference that equals a sum of products of signs."""

from sympy import Expr, Ge, Gt

from proofs.proof import Steps


def at_least_zero(difference: Expr, certificate: Expr) -> Steps:
    """Show difference >= 0: it equals the certificate, of symbols assumed >= 0."""
    yield difference - certificate
    yield Ge(certificate, 0)


def above_zero(difference: Expr, certificate: Expr) -> Steps:
    """Show difference > 0: it equals the certificate, of symbols assumed > 0."""
    yield difference - certificate
    yield Gt(certificate, 0)
