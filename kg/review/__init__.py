"""What people decide: the doubtful as a sheet, corrections replayed on every build."""
