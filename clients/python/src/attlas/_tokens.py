"""The bearer token of a caller, and when a new one is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable

Token = str | Callable[[], str]


class Tokens:
    """Holds the token in use. Thread-safe."""

    def __init__(self, token: Token | None) -> None:
        """Takes a token, or what returns one whenever one is needed."""
        self._lock = threading.Lock()
        self._ask = token if callable(token) else None
        self._current = token if isinstance(token, str) else None

    def current(self) -> str | None:
        """Returns the token in use; None for a caller without one."""
        with self._lock:
            if self._current is None and self._ask is not None:
                self._current = self._ask()
            return self._current

    def renewed(self, refused: str | None) -> str | None:
        """Returns a token to try instead of one that was refused; None where there is no other."""
        with self._lock:
            if self._ask is None:
                return None
            # Another thread may have asked already.
            if self._current == refused:
                self._current = self._ask()
            return None if self._current == refused else self._current


def metadata_of(token: str | None) -> tuple[tuple[str, str], ...]:
    """Returns what shows the token to the daemon."""
    return () if token is None else (("authorization", f"Bearer {token}"),)
