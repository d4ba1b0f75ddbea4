"""The commands of ``eldercare-kg``, a file for each group."""
