"""Linear accessibility: exact worst-case error, its profile over (d, k), and what is seen."""
