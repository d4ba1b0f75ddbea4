"""Bodies and places: agencies and regions, resolved by the jurisdiction of the document."""
