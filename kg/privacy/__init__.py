"""What must not be shown: personal data, marks of secrecy, what has been forgotten."""
