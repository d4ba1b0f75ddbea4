"""Figures: dates and counts, with what is counted, when, where and of which kind."""
