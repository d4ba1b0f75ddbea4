"""The graph as a service: SPARQL 1.1 Protocol and what stands beside it, over HTTP.

``create_app`` makes the ASGI application, ``Service`` is what its pages and doors ask. Queries run in worker
processes that have no network and little else; the process that speaks HTTP never opens the store.
"""

from kg.server.app import create_app
from kg.server.settings import Limits, Settings

__all__ = ["Limits", "Settings", "create_app"]
