"""Messages on their way to the daemon."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import Self


class Sending:
    """Goes through messages to send, and keeps what went wrong with one of them.

    gRPC goes through them in a thread of its own, and would say no more than that it failed. The
    end of the `with` block around the call raises what happened.
    """

    def __init__(self, messages: Iterable[bytes]) -> None:
        """Takes the messages."""
        self._messages = iter(messages)
        self._problem: BaseException | None = None

    def __iter__(self) -> Self:
        """Goes through the messages that are left."""
        return self

    def __next__(self) -> bytes:
        """Returns the next message."""
        try:
            return next(self._messages)
        except StopIteration:
            raise
        except BaseException as problem:
            self._problem = problem
            raise

    def __enter__(self) -> Self:
        """Begins the call."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Raises what went wrong with a message."""
        if self._problem is not None:
            raise self._problem from None
