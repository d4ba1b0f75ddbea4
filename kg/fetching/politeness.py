"""What a site allows (robots.txt, RFC 9309), and waiting between requests to one host."""

from __future__ import annotations

import time

import httpx
from protego import Protego

from kg.fetching.limits import FetchError
from kg.fetching.pages import AGENT, Asker

__all__ = ["Politeness"]

_NAME = AGENT.partition(" ")[0]
_MOST = 512 * 1024
_LONGEST_PAUSE = 60.0


class Politeness:
    """Rules and times of the hosts met so far."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._rules: dict[str, Protego | None] = {}
        self._asked: dict[str, float] = {}

    def before(self, url: httpx.URL) -> None:
        """Wait until the host may be asked for this address.

        Raises:
            FetchError: robots.txt does not allow it, or cannot be had.
        """
        site = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if site not in self._rules:
            self._rules[site] = self._read_rules(site)
        rules = self._rules[site]
        if rules is not None and not rules.can_fetch(str(url), _NAME):
            raise FetchError(f"{url}: robots.txt does not allow it; ask the site's owner, or save the page yourself")
        delay = rules.crawl_delay(_NAME) if rules is not None else None
        self._wait(url, min(max(delay or 0.0, self._asker.limits.pause), _LONGEST_PAUSE))

    def _wait(self, url: httpx.URL, pause: float | None = None) -> None:
        """Let the pause since the last request to a host go by."""
        pause = self._asker.limits.pause if pause is None else pause
        left = self._asked.get(url.host, float("-inf")) + pause - time.monotonic()
        if left > 0:
            time.sleep(left)
        self._asked[url.host] = time.monotonic()

    def _read_rules(self, site: str) -> Protego | None:
        """The rules of a site, None where it has none (any answer of 4xx).

        Raises:
            FetchError: the site does not tell; then nothing may be fetched (RFC 9309 2.3.1.4).
        """
        try:
            answer = self._asker.get(f"{site}/robots.txt", {}, self._wait)
        except FetchError as error:
            raise FetchError(f"{site}: no robots.txt can be had, so nothing is fetched ({error})", again=True) from None
        if 400 <= answer.status < 500 and answer.status != 429:
            return None
        if answer.status not in (200, 203):
            raise FetchError(f"{site}: robots.txt answers {answer.status}, so nothing is fetched", again=True)
        return Protego.parse(answer.body[:_MOST].decode("utf-8", "replace"))
