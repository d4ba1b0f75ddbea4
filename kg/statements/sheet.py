"""The graph of one document while it is being written: nodes for spans, for shared things, and their evidence."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from extractors.model import Extraction
from extractors.readers.privacy import MASK
from kg.privacy.masking import personal
from kg.review.correcting import by_hand
from kg.statements import link
from kg.statements.model import Evidence, Object, Statement
from kg.statements.rdf import chinese, integer, string
from kg.statements.scopes import scopes
from ontology.terms import EK, NIF, RDF, SKOS

__all__ = ["Sheet"]

_RUN_IN = 5


@lru_cache(maxsize=65536)
def _area_statements(area: link.Area) -> tuple[Statement, ...]:
    """The area and every area above it."""
    found = [
        Statement(area.iri, RDF.type, EK.AdministrativeArea),
        Statement(area.iri, SKOS.prefLabel, chinese(area.name)),
    ]
    if area.code and area.code.isdigit():
        found.append(Statement(area.iri, EK.gb2260, string(area.code)))
    if area.level:
        found.append(Statement(area.iri, EK.areaLevel, link.code("level", area.level)))
    if area.parent:
        found.append(Statement(area.iri, EK.parentArea, area.parent.iri))
        found.extend(_area_statements(area.parent))
    return tuple(found)


@lru_cache(maxsize=65536)
def _agency_statements(name: str) -> tuple[Statement, ...]:
    iri, area = link.agency(name), link.territory(name)
    return (
        Statement(iri, SKOS.prefLabel, chinese(name)),
        Statement(iri, EK.jurisdiction, area.iri),
        *_area_statements(area),
    )


class Sheet:
    """Statements of one document's graph, and the keys by which its documents are known.

    ``text`` is the text as it may be shown: same length as the document's, contact lines masked.
    """

    def __init__(self, extraction: Extraction, text: str) -> None:
        self.extraction = extraction
        self.doc = extraction.doc
        self.text = text
        self.source = link.source(self.doc.sha256)
        self.statements: list[Statement] = []
        # Where something was read: the parts that hold these places are worth a node.
        self.starts: set[int] = set()
        # Where run-in items (一是…二是…) begin.
        self.items = [section.start for section in self.doc.layout.sections if section.level == _RUN_IN]
        self._personal = personal(self.doc.text, text)
        self._documents: dict[str, str] = {}
        self._issuers: dict[str, list[str]] = {}
        # The territories of documents that are known by their titles alone.
        self.scopes = scopes(extraction)
        for relation in extraction.relations:
            if relation.predicate == "issued_by":
                self._issuers.setdefault(relation.subject, []).append(relation.object)

    @property
    def graph(self) -> str:
        """The IRI of this document's named graph."""
        return link.graph(f"src-{self.doc.sha256[:16]}")

    def add(self, subject: str, predicate: str, value: Object) -> None:
        """One statement."""
        self.statements.append(Statement(subject, predicate, value))

    def shown(self, start: int, end: int) -> str:
        """What may be shown of ``[start, end)``, on one line."""
        return " ".join(self.text[start:end].split())

    def is_masked(self, start: int, end: int) -> bool:
        """True where something personal was masked in ``[start, end)``."""
        return self.text[start:end] != self.doc.text[start:end]

    def clean(self, words: str) -> str:
        """Words that were read from the text, without what was masked in it: a title may hold a name."""
        return self._personal.sub(lambda match: MASK * len(match[0]), words) if self._personal else words

    def mention(self, start: int, end: int) -> str:
        """The node of ``[start, end)``: a NIF string of the source text.

        That it is an ``ek:Mention`` follows from ``ek:evidence`` and ``ek:refersTo`` and is not stated again.
        """
        iri = link.span(self.doc.sha256, start, end)
        self.starts.add(start)
        self.add(iri, NIF.referenceContext, self.source)
        self.add(iri, NIF.beginIndex, integer(start))
        self.add(iri, NIF.endIndex, integer(end))
        return iri

    def read_by(self, node: str, rule: str, confidence: float) -> None:
        """Which rule or model read a node from the text, and how sure it is.

        The reading's IRI holds both; ``ontology/rules/07-readings.rq`` states them once for all documents. What a
        person has decided is read by that person, whatever rule stands behind.
        """
        if by_hand(rule):
            rule = rule.partition("+")[0]
        self.add(node, EK.readBy, link.reading(rule, confidence))

    def evidenced(self, node: str, evidence: Evidence) -> None:
        """A node that exactly one stretch of text stands for.

        Its class follows from a property that only this class has: see ``ontology/rules/00-classes.rq``.
        """
        self.add(node, EK.evidence, self.mention(evidence.start, evidence.end))
        self.read_by(node, evidence.rule, evidence.confidence)

    def agency(self, canonical: str) -> str:
        """A body, its territory and the territories above."""
        self.statements.extend(_agency_statements(canonical))
        return link.agency(canonical)

    def area(self, canonical: str) -> str:
        """An area and those above it."""
        area = link.area(canonical)
        self.statements.extend(_area_statements(area))
        return area.iri

    def named(self, kind: str, name: str) -> str:
        """A ``program``, ``group`` or ``organization``; its IRI tells which, and a rule its class."""
        iri = link.named(kind, name)
        self.add(iri, SKOS.prefLabel, chinese(name))
        return iri

    @property
    def own_key(self) -> str | None:
        """The key of the document itself: its number, else its title."""
        header = self.extraction.header
        return header.get("number") or header.get("title")

    def is_self(self, key: str) -> bool:
        """True for a key that means this very document."""
        header = self.extraction.header
        return key == "self" or key in (header.get("number"), header.get("title"))

    def document(self, key: str) -> str:
        """The IRI of the document that a key means; ``self`` is this one."""
        if key not in self._documents:
            if self.is_self(key):
                self._documents[key] = self._own()
            else:
                scope = self.scopes.get(key)
                self._documents[key] = link.document(self.clean(key), self.issuers(key), scope.code if scope else None)
        return self._documents[key]

    def issuers(self, key: str) -> tuple[str, ...]:
        """Who issued a document, as far as this text tells."""
        return tuple(self._issuers.get(key, ()))

    def _own(self) -> str:
        key = self.own_key
        if not key:
            return link.source(self.doc.sha256).replace("/id/src/", "/id/doc/x/text-")
        return link.document(self.clean(key), tuple(self.extraction.header.get("issuers") or ()))

    def extend(self, statements: Iterable[Statement]) -> None:
        """Several statements."""
        self.statements.extend(statements)
