"""The parts of an official document: its head, its close, its headings and sentences (GB/T 9704-2012)."""
