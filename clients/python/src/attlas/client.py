"""A connection to a daemon, with every service."""

from __future__ import annotations

import dataclasses
from types import TracebackType
from typing import Self

import grpc

from attlas._calls import Connection
from attlas._channel import Endpoint, Tls
from attlas._context import Context, Seen, joined, reading_of
from attlas._tokens import Token, Tokens
from attlas.cooperation.service import CooperationService
from attlas.dates import DateLike
from attlas.engagement.service import EngagementService
from attlas.evidence.service import EvidenceService
from attlas.graph.messages import Confidence, ReadOptions, TrafficLight
from attlas.graph.service import GraphService
from attlas.instruments.service import InstrumentService
from attlas.synergy.service import SynergyService
from attlas.transfers.service import TransferService

DEFAULT_TIMEOUT = 30.0
"""How many seconds an answer may take, where nothing else is said."""


def connect(
    address: str | None = None,
    *,
    token: Token | None = None,
    tls: Tls | bool = False,
    timeout: float = DEFAULT_TIMEOUT,
    wait_for_ready: bool = False,
) -> Client:
    """Returns a client of the daemon at an address; it connects with the first question.

    Args:
        address: `host:port` or `unix:/path`; where it is left out, the variable ATTLAS_ADDRESS, or
            else 127.0.0.1:50151.
        token: The bearer token that shows who calls; or a function that returns it, which is called
            before the first call and again whenever a token was refused.
        tls: True for TLS with the authorities that gRPC knows; `Tls` for more.
        timeout: How many seconds an answer may take, unless a call says otherwise; `math.inf` for
            no limit.
        wait_for_ready: Whether calls wait, within their time, for a daemon that is not there yet.
            If not, they fail with `Unavailable` after a few tries.

    Raises:
        ValueError: The token would leave this machine without TLS.
    """
    at = Endpoint.of(address, token, tls)
    if at.credentials is None:
        channel = grpc.insecure_channel(at.address, at.options)
    else:
        channel = grpc.secure_channel(at.address, at.credentials, at.options)
    context = Context(timeout=timeout, wait_for_ready=wait_for_ready, read=ReadOptions())
    return Client(Connection(channel, Tokens(token)), context)


class Client:
    """The services of a daemon, and how they are read. Thread-safe.

    What `reading`, `session` and `pinned` return are further views over the same connection, which
    ends with `close` of any of them.
    """

    graph: GraphService
    """The graph of statements: nodes, edges, paths, changes."""
    instruments: InstrumentService
    """Instruments and who takes part in them."""
    synergy: SynergyService
    """What links a state to an instrument through what it already does."""
    cooperation: CooperationService
    """Agencies, their roles, and how they work together."""
    evidence: EvidenceService
    """Concerns, what answers them, search, and sources."""
    engagement: EngagementService
    """Events and activities, and confidential spaces."""
    transfers: TransferService
    """Who exports arms to whom, by published statistics."""

    def __init__(self, connection: Connection, context: Context) -> None:
        """Made by `connect`."""
        self._connection = connection
        self._context = context
        self.graph = GraphService(connection, context)
        self.instruments = InstrumentService(connection, context)
        self.synergy = SynergyService(connection, context)
        self.cooperation = CooperationService(connection, context)
        self.evidence = EvidenceService(connection, context)
        self.engagement = EngagementService(connection, context)
        self.transfers = TransferService(connection, context)

    def reading(
        self,
        *,
        as_of: DateLike | None = None,
        revision: str | None = None,
        at_least: str | None = None,
        min_confidence: Confidence = Confidence.UNSPECIFIED,
        ceiling: TrafficLight = TrafficLight.UNSPECIFIED,
    ) -> Client:
        """Returns a view whose questions are asked so, unless one says otherwise in its `read`.

        Args:
            as_of: The day on which statements must hold.
            revision: Exactly the revision to read.
            at_least: A revision that what is read must have reached.
            min_confidence: The lowest confidence of the statements to read.
            ceiling: Narrows answers to what a reader of this clearance may see.
        """
        given = reading_of(as_of, revision, at_least, min_confidence, ceiling)
        return self._with(read=joined(self._context.read, given))

    def session(self) -> Client:
        """Returns a view that sees its own writes, also where another daemon answers the next read.

        Each read asks for a revision at least as late as the last one that the session met. Writes
        of the session take turns.
        """
        return self._with(seen=Seen())

    def pinned(self, revision: str | None = None) -> Client:
        """Returns a view all of whose answers are of one revision.

        Args:
            revision: That revision; the latest one of now where it is left out.
        """
        if revision is None:
            revision = self.graph.list_nodes(page_size=1).revision
        return self.reading(revision=revision)

    def waiting(self, *, timeout: float | None = None) -> Client:
        """Returns a view whose calls wait, within their time, for a daemon that is not there yet.

        Args:
            timeout: How many seconds an answer may take; as before where it is left out.
        """
        chosen = self._context.timeout if timeout is None else timeout
        return self._with(wait_for_ready=True, timeout=chosen)

    @property
    def revision(self) -> str:
        """The revision that this view is pinned to, or that its session has come to."""
        if self._context.read.at_revision:
            return self._context.read.at_revision
        return self._context.seen.revision if self._context.seen is not None else ""

    def close(self) -> None:
        """Ends the connection, and with it the calls under way."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Ends the connection with the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends the connection."""
        self.close()

    def _with(self, **changes: object) -> Client:
        return Client(self._connection, dataclasses.replace(self._context, **changes))  # type: ignore[arg-type]
