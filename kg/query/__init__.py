"""Asking a graph: named questions, answers, what may pass; the same of a graph behind a service."""
