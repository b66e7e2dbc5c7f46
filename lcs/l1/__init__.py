"""Non-linear access by l1-minimisation: what it recovers, with proofs."""
