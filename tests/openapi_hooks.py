"""What OpenAPI's formats of our own look like, for schemathesis: queries that can be read, graphs that are there."""

from __future__ import annotations

import schemathesis
from hypothesis import strategies as st

QUERIES = (
    "ASK {}",
    "SELECT ?s { ?s a ek:Agency } LIMIT 5",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s a ?type } }",
    "PREFIX x: <http://x.example/> SELECT * { ?s x:p '老' ; x:q ?o } ORDER BY ?o OFFSET 3",
    "CONSTRUCT { ?s skos:prefLabel ?n } WHERE { ?s skos:prefLabel ?n } LIMIT 3",
    "DESCRIBE <id/area/500112>",
)

schemathesis.openapi.format("sparql-query", st.sampled_from(QUERIES))
# Which graphs there are only the graph tells; ones that are not there have tests of their own.
schemathesis.openapi.format("named-graph", st.just("https://w3id.org/cn-eldercare/graph/ontology"))
