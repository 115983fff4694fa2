"""Ends calls from another thread."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator


class Cancellation:
    """Ends the calls that it was given to, now and later. Thread-safe.

    ```python
    stop = attlas.Cancellation()
    threading.Timer(2, stop.cancel).start()
    client.graph.find_paths(from_="states/IDN", to="states/NZL", cancellation=stop)
    ```
    """

    def __init__(self) -> None:
        """Makes one that is not cancelled."""
        self._lock = threading.Lock()
        self._cancelled = threading.Event()
        self._calls: dict[int, Callable[[], object]] = {}
        self._next = 0

    @property
    def cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ends the calls under way with `Cancelled`, and those that are still to begin."""
        with self._lock:
            self._cancelled.set()
            calls = list(self._calls.values())
        for call in calls:
            call()

    def wait(self, seconds: float) -> bool:
        """Waits until it is cancelled, at most so long; says whether it was."""
        return self._cancelled.wait(seconds)

    @contextlib.contextmanager
    def _during(self, cancel: Callable[[], object]) -> Iterator[None]:
        """Calls `cancel` where it is cancelled before the block ends, or was before."""
        with self._lock:
            mine, self._next = self._next, self._next + 1
            self._calls[mine] = cancel
            late = self._cancelled.is_set()
        if late:
            cancel()
        try:
            yield
        finally:
            with self._lock:
                del self._calls[mine]
