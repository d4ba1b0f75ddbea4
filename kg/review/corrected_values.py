"""What corrections may say of mentions and header fields: names checked, values made those of the annotation format."""

from __future__ import annotations

import re
from typing import Any

from extractors.reading import fold
from kg.statements.bounds import number

__all__ = ["ATTRIBUTES", "FIELDS", "Refused", "attributes", "field_value"]

# Attributes of each type (docs/annotation.md); the first is meant by a bare value.
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "AGENCY": ("canonical", "elliptical", "nested"),
    "ORGANIZATION": ("canonical",),
    "DOCUMENT_TITLE": ("document", "self", "nested", "anaphor", "bare", "kind"),
    "DOCUMENT_NUMBER": ("document",),
    "PROPOSAL_NUMBER": (),
    "PROGRAM": ("canonical",),
    "COUNT": ("value", "value_max", "comparator", "unit", "what", "time", "region", "kind", "direction"),
    "REGION": ("canonical",),
    "TIME": ("iso",),
    "GROUP": ("canonical",),
}
FIELDS = (
    *("number", "title", "genre", "issuers", "addressees", "cc", "written_date", "published_date", "printed_date"),
    *("printed_by", "replies_to", "openness"),
)
_LISTS = ("issuers", "addressees", "cc")
_CHOICES = {
    ("COUNT", "kind"): ("actual", "target", "standard", "eligibility", "growth"),
    ("COUNT", "comparator"): ("eq", "approx", "gt", "ge", "lt", "le", "range"),
}
_TRUTHS = {**dict.fromkeys(("true", "1", "是"), True), **dict.fromkeys(("false", "0", "否"), False)}
_BOOLEANS = ("elliptical", "nested", "self", "anaphor", "bare")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Refused(ValueError):
    """A correction that does not hold here; the message tells why."""


def attributes(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """Attributes as the annotation format has them."""
    known = ATTRIBUTES[kind]
    facts = {}
    for name, given in value.items():
        name = name or (known[0] if known else "")
        if name not in known:
            raise Refused(f"{kind} has no attribute {name!r}; there are: {', '.join(known) or 'none'}")
        facts[name] = _fact(kind, name, given)
    return facts


def _fact(kind: str, name: str, given: Any) -> Any:
    if given is None:
        return None
    if name in _BOOLEANS:
        if str(given).lower() not in _TRUTHS:
            raise Refused(f"{name}={given}: give true or false")
        return _TRUTHS[str(given).lower()]
    if name in ("value", "value_max"):
        exact = number(given)
        if exact is None:
            raise Refused(f"{name}={given}: give a number in the base unit, such as 15000000")
        return int(exact) if exact == exact.to_integral_value() else float(exact)
    choices = _CHOICES.get((kind, name))
    if choices and given not in choices:
        raise Refused(f"{name}={given}: give one of {', '.join(choices)}")
    return fold(str(given)) if name == "document" else str(given)


def field_value(name: str, given: Any) -> Any:
    if given in (None, ""):
        raise Refused(f"header.{name} needs a value; 删 (drop) empties it")
    if name in _LISTS:
        return [part for part in re.split("[、,，]", given) if part] if isinstance(given, str) else list(given)
    if name.endswith("_date") and not _DAY.fullmatch(str(given)):
        raise Refused(f"header.{name}: give a day as YYYY-MM-DD, not {given!r}")
    if name == "replies_to":
        if not isinstance(given, dict) or not set(given) <= {"kind", "body", "session", "number", "title"}:
            raise Refused('header.replies_to: give JSON, such as {"kind": "提案", "number": "355"}')
        return given
    return fold(str(given)) if name == "number" else str(given)
