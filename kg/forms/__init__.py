"""A graph in other forms: RDF syntaxes, tables, networks, Spark, the page of the ontology."""
