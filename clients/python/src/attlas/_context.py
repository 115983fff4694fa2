"""What calls have in common: the time they may take, what they read, and what they have seen."""

from __future__ import annotations

import asyncio
import dataclasses
import math
import threading
from collections.abc import Sequence
from typing import Any, TypeVar, cast

from attlas._messages import Message
from attlas._method import Method, revision_of
from attlas._tokens import metadata_of
from attlas.dates import Date, DateLike
from attlas.graph.messages import Confidence, ReadOptions, TrafficLight

Asked = TypeVar("Asked", bound=Message)
_REVISIONS = ("at_revision", "at_least_revision")


class Seen:
    """The revision that a session has come to. Thread-safe.

    Tokens of revisions cannot be compared. One that comes in replaces the one that its call set out
    with, and never one that another call brought in the meantime: that would be a step back. Writes
    of a session take turns, so that a later one has the later revision.
    """

    def __init__(self) -> None:
        """Begins before any revision."""
        self._lock = threading.Lock()
        self._revision = ""
        self.writing = threading.Lock()
        """Held during a write; by tasks, the next one."""
        self.async_writing = asyncio.Lock()

    @property
    def revision(self) -> str:
        """The revision come to; empty at the beginning."""
        with self._lock:
            return self._revision

    def read(self, revision: str, since: str) -> None:
        """Takes in the revision of an answer to what was asked at `since`."""
        with self._lock:
            if revision and self._revision == since:
                self._revision = revision

    def wrote(self, revision: str) -> None:
        """Takes in the revision that a write made."""
        with self._lock:
            self._revision = revision or self._revision


class TakesDates:
    """What every service does to the dates that it is given."""

    @staticmethod
    def _date(date: DateLike | None) -> Date | None:
        return None if date is None else Date.of(date)

    @staticmethod
    def _dates(dates: Sequence[DateLike]) -> Sequence[Date]:
        return [Date.of(date) for date in dates]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Context:
    """How calls of one view of a client are made."""

    timeout: float
    wait_for_ready: bool
    read: ReadOptions
    seen: Seen | None = None

    def options(
        self, token: str | None, timeout: float | None, *, endless: bool = False
    ) -> dict[str, Any]:
        """Returns the options of a call to gRPC.

        `endless` calls have no limit of time but their own.
        """
        chosen = (math.inf if endless else self.timeout) if timeout is None else timeout
        return {
            "timeout": None if chosen == math.inf else chosen,
            "metadata": metadata_of(token),
            "wait_for_ready": self.wait_for_ready,
        }

    def prepared(self, method: Method[Asked, Any], request: Asked) -> tuple[Asked, str]:
        """Returns the request as it is sent, and the revision that the session had come to."""
        if not method.reads:
            return method.identified(request), ""
        since = self.seen.revision if self.seen is not None else ""
        given = cast("Any", request).read
        options = joined(self.read, given if given is not None else ReadOptions())
        if since and options.at_revision is None and options.at_least_revision is None:
            options = dataclasses.replace(options, at_least_revision=since)
        return cast("Asked", dataclasses.replace(cast("Any", request), read=options)), since

    def note(self, method: Method[Any, Any], answer: object, since: str) -> None:
        """Takes in what an answer says of the revision."""
        if self.seen is None:
            return
        if method.reads:
            self.seen.read(revision_of(answer), since)
        else:
            self.seen.wrote(revision_of(answer))


def next_page(request: Asked, page: object) -> Asked | None:
    """Returns the request for what comes after a page; None after the last one."""
    token = cast("Any", page).next_page_token
    if not token:
        return None
    return cast("Asked", dataclasses.replace(cast("Any", request), page_token=token))


def reading_of(
    as_of: DateLike | None,
    revision: str | None,
    at_least: str | None,
    min_confidence: Confidence,
    ceiling: TrafficLight,
) -> ReadOptions:
    """Returns what a view of a client reads, as `attlas.Client.reading` was told."""
    return ReadOptions(
        as_of=None if as_of is None else Date.of(as_of),
        at_revision=revision,
        at_least_revision=at_least,
        min_confidence=min_confidence,
        ceiling=ceiling,
    )


def joined(default: ReadOptions, given: ReadOptions) -> ReadOptions:
    """Returns the options of `given`, and of `default` where it says nothing."""
    changes = {
        field.name: value
        for field in dataclasses.fields(given)
        if (value := getattr(given, field.name))
    }
    # They are one choice.
    if any(name in changes for name in _REVISIONS):
        default = dataclasses.replace(default, at_revision=None, at_least_revision=None)
    return dataclasses.replace(default, **changes)
