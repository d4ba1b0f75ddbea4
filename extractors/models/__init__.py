"""Models that vote: adapters of spaCy and HanLP, and their training."""
