"""What is read from documents in the annotation format, without a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from extractors import extract
from extractors.model import BadDocument
from extractors.reading import read_text
from kg.files import Source, printable
from kg.incoming.intake import arrivals
from kg.incoming.work import Options, seen

__all__ = ["annotate"]


def annotate(sources: Iterable[Source], options: Options) -> Iterator[dict[str, Any] | str]:
    """An annotation for each document, or the message why there is none.

    Names are those of the files, without folders. ``sha256`` is that of the text as it was read; names and numbers of
    persons are masked before anything is extracted, and no offset changes by it.
    """
    named = [source._replace(name=printable(source.path.name)) for source in sources]
    for arrival in arrivals(named, options):
        if arrival.item is None:
            if arrival.error:
                yield arrival.error
            continue
        try:
            shown = seen(arrival.item, options)
        except (BadDocument, OSError) as error:
            yield str(error)
            continue
        annotation = extract(
            read_text(shown.text, arrival.item.name), ner=options.ner, threshold=options.threshold
        ).as_annotation()
        yield {**annotation, "sha256": shown.read_sha256}
