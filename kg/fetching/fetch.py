"""Addresses to files: each page with a side file that tells where and when it was fetched."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential, wait_random

from extractors.readers.collecting import COLLECTIONS
from extractors.readers.kinds import kind_of
from extractors.reading import OCR_READERS, READERS
from kg.fetching.limits import FetchError, Limits
from kg.fetching.pages import Answer, Asker, checked_url, judged
from kg.fetching.politeness import Politeness
from kg.files import side_file, write_atomically

__all__ = ["Fetched", "fetch"]

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]{2,20})", re.I)
_CONDITIONS = {"If-None-Match": "etag", "If-Modified-Since": "modified"}
_KNOWN = {*READERS, *COLLECTIONS, *OCR_READERS}
# Where neither content nor address tells what it is.
_BY_TYPE = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf"}


class Fetched(NamedTuple):
    """What came of an address: ``state`` is new, changed, unchanged or failed, with a message then."""

    url: str
    state: str
    path: Path | None
    message: str = ""


def fetch(urls: Iterable[str], folder: str | Path, limits: Limits = Limits()) -> Iterator[Fetched]:  # noqa: B008
    """Fetch pages into a folder, one after the other; files are named by the hash of their address.

    A page that is there already is asked for only if it has changed.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    asker = Asker(limits)
    politeness = Politeness(asker)
    try:
        for url in dict.fromkeys(urls):
            try:
                yield _fetched(url, place, asker, politeness)
            except FetchError as error:
                message = str(error)
                yield Fetched(url, "failed", None, message if message.startswith(url) else f"{url}: {message}")
    finally:
        asker.close()


def _fetched(url: str, folder: Path, asker: Asker, politeness: Politeness) -> Fetched:
    address = str(checked_url(url))
    stem = hashlib.sha256(address.encode()).hexdigest()[:16]
    known, told = _known(folder, stem)
    asked = {}
    if known:
        asked = {
            header: told[key]
            for header, key in (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))
            if told[key]
        }
    answer = _patiently(asker.limits, lambda: judged(address, asker.get(address, asked, politeness.before)))
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    digest = hashlib.sha256(answer.body).hexdigest()
    if known and (answer.status == 304 or digest == told["sha256"]):
        _write(side_file(known), {**told, "checked": now})
        return Fetched(url, "unchanged", known)
    if not answer.body:
        raise FetchError(f"{address}: the page is empty")
    path = folder / f"{stem}{_suffix(address, answer)}"
    write_atomically(path, answer.body)
    charset = _charset(answer.headers.get("content-type", ""))
    _write(
        side_file(path),
        {
            "url": address,
            "final_url": answer.url,
            "retrieved": now,
            "sha256": digest,
            "etag": answer.headers.get("etag", "")[:200],
            "modified": answer.headers.get("last-modified", "")[:100],
            **({"encoding": charset} if charset else {}),
        },
    )
    if known and known != path:
        known.unlink()
        side_file(known).unlink()
    return Fetched(url, "changed" if known else "new", path)


def _known(folder: Path, stem: str) -> tuple[Path | None, dict[str, str]]:
    """The file of an address and what its side file tells, where it is still the one that was fetched."""
    for path in sorted(folder.glob(f"{stem}.*")):
        try:
            told = json.loads(side_file(path).read_bytes())
            if told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest():
                return path, {"etag": "", "modified": "", **{key: str(value) for key, value in told.items()}}
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return None, {}


def _write(path: Path, told: dict[str, str]) -> None:
    write_atomically(path, json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode())


def _suffix(address: str, answer: Answer) -> str:
    """The suffix of the kind of file that the content is, else the address, else the server says."""
    kind = kind_of(answer.body, PurePosixPath(httpx.URL(answer.url).path).name)
    if kind in _KNOWN and kind != ".txt":
        return kind
    type_ = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if type_ in _BY_TYPE:
        return _BY_TYPE[type_]
    if kind == ".txt" and b"\0" not in answer.body:
        return kind
    raise FetchError(f"{address}: this is {type_ or 'of no known kind'}, no document that can be read")


def _charset(content_type: str) -> str | None:
    """The encoding that the server declares, None where there is no such encoding."""
    found = _CHARSET.search(content_type)
    if not found:
        return None
    try:
        return codecs.lookup(found[1]).name
    except LookupError:
        return None


def _patiently(limits: Limits, ask: Callable[[], Answer]) -> Answer:
    """Ask again while the server is busy, after as long as it asks for, else longer each time."""
    growing = wait_exponential(multiplier=limits.pause, max=limits.patience) + wait_random(0, limits.pause / 4)

    def worth_it(error: BaseException) -> bool:
        return isinstance(error, FetchError) and error.again and (error.after or 0.0) <= limits.patience

    def wait(state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        after = getattr(error, "after", None)
        return growing(state) if after is None else float(after)

    stop, again = stop_after_attempt(limits.tries), retry_if_exception(worth_it)
    return Retrying(stop=stop, wait=wait, retry=again, reraise=True)(ask)
