"""Benchmarks: `python -m tests.bench [part …]`. Every figure stands beside a baseline taken in the same run."""
