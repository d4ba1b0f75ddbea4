"""A graph in Python: frames, cards, plots, networks, comparable figures."""
