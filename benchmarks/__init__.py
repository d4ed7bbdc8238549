"""What the toolkit costs, measured. Benchmarks print; they assert nothing."""
