"""The running tower's pictures: a style sheet and panels that see only tables."""
