"""The explorer: the graph as one page that opens with a double click and never asks for a network."""

from kg.explorer.page import page, write_page

__all__ = ["page", "write_page"]
