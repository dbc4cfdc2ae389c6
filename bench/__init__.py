"""Benchmarks: each prints ratios against something run beside it in the same minute, and writes JSON. See README.md."""
