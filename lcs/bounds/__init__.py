"""Bounds on d(m, k, eps), each proved, with its side and reason."""
