"""Documents on their way in: taken apart, read in several processes, one outcome each."""
