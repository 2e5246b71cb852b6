"""Measurements. Each prints one JSON line; material that cannot be shipped is looked for under PRESS_BENCH_DATA."""
