"""How we read: bytes in, a Document with its Mentions, header and relations out.

>>> doc = read("民政部印发《养老机构管理办法》。".encode(), "例.txt")
>>> [doc.text[m.start:m.end] for m in extract(doc).mentions if m.type == "AGENCY"]
['民政部']
"""

from extractors.model import BadDocument, Document, Extraction, Mention, Relation
from extractors.reading import read
from extractors.registry import extract

__all__ = ["BadDocument", "Document", "Extraction", "Mention", "Relation", "extract", "read"]
