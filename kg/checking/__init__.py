"""Is it right: shapes, evidence, the audit, and scores against annotations."""
