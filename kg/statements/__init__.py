"""What one document says, as statements with their evidence: from a reading to N-Quads."""
