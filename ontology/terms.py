"""Closed namespaces: the terms that our graphs may use. A misspelt term is an error, not a new property.

A term is a plain ``str``, so that writing a graph needs no RDF library: ``EK.issuedBy`` is its IRI. Wrap it where
one is used: ``rdflib.URIRef(EK.issuedBy)``. The terms of our own ontology mirror ``policy.ttl`` (a test compares them).
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

__all__ = ["BASE", "DCT", "EK", "ELI", "NIF", "ORG", "PREFIXES", "PROV", "RDF", "RDFS", "SKOS", "XSD", "Namespace"]

# Everything we mint begins with this; kept in one place, so that a graph can be moved to another host.
BASE = "https://w3id.org/cn-eldercare/"


class Namespace:
    """A vocabulary of fixed terms.

    >>> ELI = Namespace("http://data.europa.eu/eli/ontology#", "cites based_on")
    >>> ELI.cites
    'http://data.europa.eu/eli/ontology#cites'
    >>> ELI.citse
    Traceback (most recent call last):
    ...
    AttributeError: no term 'citse' in http://data.europa.eu/eli/ontology#; did you mean cites?
    """

    def __init__(self, iri: str, terms: str) -> None:
        self.iri = iri
        self._terms = {name: iri + name for name in terms.split()}
        self.__dict__.update(self._terms)

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        close = get_close_matches(name, self._terms, 1)
        hint = f"; did you mean {close[0]}?" if close else ""
        raise AttributeError(f"no term {name!r} in {self.iri}{hint}")

    def __getitem__(self, name: str) -> str:
        return self._terms.get(name) or self.__getattr__(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __contains__(self, name: object) -> bool:
        return name in self._terms


EK = Namespace(
    BASE + "ont#",
    """
    Evidenced OfficialDocument PolicyDocument ReplyDocument CitedOnlyDocument Proposal SourceText Section Agency
    Organization AdministrativeArea Program ServiceOffering Indicator PopulationGroup MeasureWord QuantityClaim
    AchievedQuantity PlannedQuantity NormQuantity Citation Issuance Claim Mention Reading UnresolvedAlias Conflict
    ExtractionRun Duty Membership Target Doubt Check Correction
    documentNumber numberPrefix numberYear numberSerial issuedBy mainRecipient addressedTo ccRecipient copiedTo
    respondsTo promulgates implementsPolicy proposalKind proposalNumber session submittedTo
    citingDocument citedDocument citationRole citationForm
    issuedDocument issuingAgency declaredIssuerCount issuanceDate firstIssuer issuerByCode scope tier
    sameDocument succeededBy
    jurisdiction functionDomain higherCounterpart gb2260 areaLevel parentArea withinArea establishedBy operatedBy
    value lowerBound upperBound comparator unit unitImplied multiplier what countedThing population indicator place
    period periodStart periodEnd periodText quantityKind statistic direction comparedWith growthOf aboutProgram
    measuresTarget
    sectionKind sectionLevel marker fileName inPart
    dutyOf member complete deadline setBy targetFigure doubtKind meant
    checkKind stated operand dividend divisor computed verdict sign contextProgram
    evidence confidence readBy rule refersTo candidate resolvedTo resolutionStatus unresolvedReason
    conflictMember conflictKind conflictStatus preferredMember
    correctionKind before after refusedBecause
    """,
)
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type subject predicate object Statement langString")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#", "label comment subClassOf subPropertyOf domain range")
XSD = Namespace(
    "http://www.w3.org/2001/XMLSchema#",
    "string integer decimal date gYear gYearMonth boolean dateTime",
)
SKOS = Namespace(
    "http://www.w3.org/2004/02/skos/core#",
    "prefLabel altLabel notation definition inScheme exactMatch closeMatch broader Concept ConceptScheme",
)
DCT = Namespace(
    "http://purl.org/dc/terms/",
    "title identifier issued accessRights audience spatial relation source isPartOf description",
)
PROV = Namespace(
    "http://www.w3.org/ns/prov#",
    "Entity Activity Plan Organization Person SoftwareAgent wasDerivedFrom wasGeneratedBy wasAssociatedWith "
    "wasAttributedTo used generatedAtTime",
)
ORG = Namespace(
    "http://www.w3.org/ns/org#",
    "Organization classification subOrganizationOf hasSubOrganization transitiveSubOrganizationOf linkedTo purpose",
)
NIF = Namespace(
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "Context OffsetBasedString Sentence isString beginIndex endIndex anchorOf referenceContext superString",
)
ELI = Namespace(
    "http://data.europa.eu/eli/ontology#",
    """
    Work LegalResource LegalExpression realizes is_realized_by type_document date_document date_publication passed_by
    publisher_agent id_local cites cited_by based_on basis_for applies amends repeals has_part jurisdiction
    """,
)

# The prefixes that queries may use without declaring them.
PREFIXES = {
    "ek": EK.iri,
    "c": BASE + "code/",
    "id": BASE + "id/",
    "g": BASE + "graph/",
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "xsd": XSD.iri,
    "skos": SKOS.iri,
    "dct": DCT.iri,
    "prov": PROV.iri,
    "org": ORG.iri,
    "nif": NIF.iri,
    "eli": ELI.iri,
    "schema": "https://schema.org/",
    "unit": "http://qudt.org/vocab/unit/",
    "owl": "http://www.w3.org/2002/07/owl#",
}
