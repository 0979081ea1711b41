"""Measures time and memory against the bars; run by `make bench`, never as a test."""
