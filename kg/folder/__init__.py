"""The folder of a graph: built from files, kept up to date, inferred over, published whole."""
