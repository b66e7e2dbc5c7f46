"""Toy models of superposition: features, models, exact losses, training and geometry."""
