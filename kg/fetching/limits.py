"""How much a fetch may take, and why it fails."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FetchError", "Limits"]


class Limits(NamedTuple):
    """Limits of one fetch.

    ``size`` is of the page, unpacked; ``seconds`` from asking to the last byte; ``pause`` the least time in seconds
    between two requests to a host; ``tries`` how often a page is asked for while its server is busy; ``patience`` the
    longest wait that a server may ask for; ``private`` allows addresses that are not public.
    """

    size: int = 32 * 1024 * 1024
    seconds: float = 60.0
    pause: float = 1.0
    tries: int = 4
    patience: float = 120.0
    private: bool = False


class FetchError(ValueError):
    """Why a page cannot be had: what, and what to do.

    ``again`` tells that asking again may help; ``after`` how many seconds the server asks to wait.
    """

    def __init__(self, message: str, *, again: bool = False, after: float | None = None) -> None:
        super().__init__(message)
        self.again, self.after = again, after
