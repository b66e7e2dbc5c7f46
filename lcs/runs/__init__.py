"""The running tower: named seeds, provenance, an immutable store, sweeps over cells."""

from lcs.runs import provenance, rng, store, sweep

__all__ = ["provenance", "rng", "store", "sweep"]
