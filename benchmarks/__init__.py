"""Ours against a peer or a roofline, in one run, as a ratio."""
