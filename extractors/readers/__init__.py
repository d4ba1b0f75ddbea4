"""One module a format: bytes and a name in, text out (extractors.reading.READERS names them)."""
