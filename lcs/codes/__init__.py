"""Makers of codes: matrices with nearly orthogonal columns."""
