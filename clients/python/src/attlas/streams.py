"""Streams that go on where a connection broke off, and loads in one go.

A daemon may start again in the middle of an export or of a watch. These go on with the next one,
and deliver each thing once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from attlas.cancellation import Cancellation
from attlas.client import Client
from attlas.errors import Unavailable
from attlas.graph.messages import (
    Change,
    Edge,
    ExportResponse,
    ImportRequest,
    ImportResponse,
    Node,
)

T = TypeVar("T")

_FIRST_WAIT = 0.1
_LONGEST_WAIT = 5.0
# A row may be some kilobytes, a message four megabytes.
_ROWS_A_MESSAGE = 250


@dataclasses.dataclass(frozen=True)
class Revision:
    """What one commit changed, as far as the caller may see it."""

    revision: str
    """The revision that it made; a watch after it brings what came later."""
    changes: Sequence[Change]
    """The changes, in their order."""


def exported(
    client: Client, *, types: Sequence[str] = (), cancellation: Cancellation | None = None
) -> Iterator[ExportResponse]:
    """Goes through the batches of an export of one revision, to its end.

    Args:
        client: The client to ask.
        types: Node and edge types; none for all.
        cancellation: Ends the export when it is cancelled.
    """
    stop = cancellation or Cancellation()
    waits = _Waits(stop)
    graph = client.waiting().graph
    cursor = ""
    while True:
        try:
            with graph.export(types=types, cursor=cursor, cancellation=stop) as stream:
                for batch in stream:
                    waits.begin_anew()
                    cursor = batch.cursor
                    yield batch
            return
        except Unavailable as error:
            waits.wait(error)


def followed(
    client: Client,
    *,
    after: str = "",
    types: Sequence[str] = (),
    cancellation: Cancellation | None = None,
) -> Iterator[Revision]:
    """Goes through the commits after a revision as they come, each once and whole, without an end.

    It ends with `Cancelled` when the cancellation is, with `OutOfRange` where the revision is no
    longer kept, and with `ResourceExhausted` where changes are read too slowly.

    Args:
        client: The client to ask.
        after: The revision to begin after; where it is left out, the latest one of now.
        types: Node and edge types to report; none for all.
        cancellation: Ends it.
    """
    stop = cancellation or Cancellation()
    waits = _Waits(stop)
    graph = client.waiting().graph
    complete = after or client.pinned().revision
    while True:
        begun: list[Change] = []
        try:
            with graph.watch(after_revision=complete, types=types, cancellation=stop) as stream:
                for batch in stream:
                    waits.begin_anew()
                    begun.extend(batch.changes)
                    if batch.through_revision == complete:
                        continue
                    complete = batch.through_revision
                    yield from _by_revision(begun)
                    begun = []
        except Unavailable as error:
            # What had begun comes again.
            waits.wait(error)


def loaded(
    client: Client,
    *,
    nodes: Iterable[Node] = (),
    edges: Iterable[Edge] = (),
    reason: str = "",
    validate_only: bool = False,
    timeout: float | None = None,
) -> ImportResponse:
    """Loads nodes and edges as one commit, or none of them; the answer names rows that are refused.

    Args:
        client: The client to ask.
        nodes: Nodes to create, or to replace where they differ.
        edges: Edges to create, or to replace where they differ.
        reason: Why, for people who read the history.
        validate_only: Whether to check everything and to apply nothing.
        timeout: How many seconds it may take; no limit where it is left out.
    """

    def requests() -> Iterator[ImportRequest]:
        count = 0
        yield ImportRequest(reason=reason, validate_only=validate_only)
        for some in _batches(nodes):
            count += len(some)
            yield ImportRequest(nodes=some)
        for others in _batches(edges):
            count += len(others)
            yield ImportRequest(edges=others)
        yield ImportRequest(row_count=count)

    return client.graph.import_(requests(), timeout=timeout)


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    batch: list[T] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _ROWS_A_MESSAGE:
            yield batch
            batch = []
    if batch:
        yield batch


def _by_revision(changes: list[Change]) -> Iterator[Revision]:
    start = 0
    for index in range(1, len(changes) + 1):
        if index < len(changes) and changes[index].revision == changes[start].revision:
            continue
        yield Revision(changes[start].revision, tuple(changes[start:index]))
        start = index


class _Waits:
    """How long to wait before the next try: longer each time, until something came."""

    def __init__(self, stop: Cancellation) -> None:
        self._stop = stop
        self._next = _FIRST_WAIT

    def begin_anew(self) -> None:
        self._next = _FIRST_WAIT

    def wait(self, error: Unavailable) -> None:
        told = error.retry_after.total_seconds() if error.retry_after is not None else 0.0
        # Where it is cancelled meanwhile, the next call says so.
        self._stop.wait(max(told, self._next))
        self._next = min(self._next * 1.6, _LONGEST_WAIT)
