"""Test strength: small faults put into the mathematics, to see whether the tests notice."""
