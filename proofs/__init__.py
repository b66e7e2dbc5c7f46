"""Proofs of the claims, one file each: mathematical texts whose steps are checked when run."""
