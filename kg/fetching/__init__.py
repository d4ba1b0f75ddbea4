"""Pages from the web, saved politely and with their provenance, for ``build`` to read."""

from kg.fetching.fetch import Fetched, fetch
from kg.fetching.limits import Limits

__all__ = ["Fetched", "Limits", "fetch"]
