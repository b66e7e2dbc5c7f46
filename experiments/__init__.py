"""The experiments: each names its cells, measures one as a pure function, and draws its panels."""
