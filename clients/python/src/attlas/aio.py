"""The same client for asyncio: `await` before each question, `async for` for streams and pages.

```python
async with attlas.aio.connect("127.0.0.1:50151") as atlas:
    answer = await atlas.instruments.get_status(instrument="att", counts_only=True)
```

A task that is cancelled cancels its call. There is no `Cancellation` here.
"""

from __future__ import annotations

import dataclasses
from types import TracebackType
from typing import Self

import grpc.aio

from attlas._aio import AsyncConnection
from attlas._channel import Endpoint, Tls
from attlas._context import Context, Seen, joined, reading_of
from attlas._tokens import Token, Tokens
from attlas.client import DEFAULT_TIMEOUT
from attlas.cooperation.aio import AsyncCooperationService
from attlas.dates import DateLike
from attlas.engagement.aio import AsyncEngagementService
from attlas.evidence.aio import AsyncEvidenceService
from attlas.graph.aio import AsyncGraphService
from attlas.graph.messages import Confidence, ReadOptions, TrafficLight
from attlas.instruments.aio import AsyncInstrumentService
from attlas.synergy.aio import AsyncSynergyService
from attlas.transfers.aio import AsyncTransferService


def connect(
    address: str | None = None,
    *,
    token: Token | None = None,
    tls: Tls | bool = False,
    timeout: float = DEFAULT_TIMEOUT,
    wait_for_ready: bool = False,
) -> AsyncClient:
    """Returns a client of the daemon at an address; to be called within an event loop.

    The arguments are those of `attlas.connect`. What returns tokens is called in a thread.
    """
    at = Endpoint.of(address, token, tls)
    if at.credentials is None:
        channel = grpc.aio.insecure_channel(at.address, at.options)
    else:
        channel = grpc.aio.secure_channel(at.address, at.credentials, at.options)
    context = Context(timeout=timeout, wait_for_ready=wait_for_ready, read=ReadOptions())
    return AsyncClient(AsyncConnection(channel, Tokens(token)), context)


class AsyncClient:
    """The services of a daemon, and how they are read. As `attlas.Client`."""

    def __init__(self, connection: AsyncConnection, context: Context) -> None:
        """Made by `connect`."""
        self._connection = connection
        self._context = context
        self.graph = AsyncGraphService(connection, context)
        self.instruments = AsyncInstrumentService(connection, context)
        self.synergy = AsyncSynergyService(connection, context)
        self.cooperation = AsyncCooperationService(connection, context)
        self.evidence = AsyncEvidenceService(connection, context)
        self.engagement = AsyncEngagementService(connection, context)
        self.transfers = AsyncTransferService(connection, context)

    def reading(
        self,
        *,
        as_of: DateLike | None = None,
        revision: str | None = None,
        at_least: str | None = None,
        min_confidence: Confidence = Confidence.UNSPECIFIED,
        ceiling: TrafficLight = TrafficLight.UNSPECIFIED,
    ) -> AsyncClient:
        """Returns a view whose questions are asked so; see `attlas.Client.reading`."""
        given = reading_of(as_of, revision, at_least, min_confidence, ceiling)
        return self._with(read=joined(self._context.read, given))

    def session(self) -> AsyncClient:
        """Returns a view that sees its own writes; see `attlas.Client.session`."""
        return self._with(seen=Seen())

    async def pinned(self, revision: str | None = None) -> AsyncClient:
        """Returns a view all of whose answers are of one revision; see `attlas.Client.pinned`."""
        if revision is None:
            revision = (await self.graph.list_nodes(page_size=1)).revision
        return self.reading(revision=revision)

    async def close(self) -> None:
        """Ends the connection, and with it the calls under way."""
        await self._connection.channel.close()

    async def __aenter__(self) -> Self:
        """Ends the connection with the block."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends the connection."""
        await self.close()

    def _with(self, **changes: object) -> AsyncClient:
        return AsyncClient(self._connection, dataclasses.replace(self._context, **changes))  # type: ignore[arg-type]
