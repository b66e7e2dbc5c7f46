"""The compiled kernels: plain loops on arrays, the only place that imports numba."""
