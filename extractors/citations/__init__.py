"""Documents: their own head, the titles and numbers of others, which is meant, and how they relate."""
