"""Calls that are awaited."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from types import TracebackType
from typing import Any, Generic, Self, TypeVar, cast

import grpc
import grpc.aio

from attlas import errors
from attlas._context import Context, TakesDates, next_page
from attlas._messages import Message
from attlas._method import Method
from attlas._sending import Sending
from attlas._tokens import Tokens

Asked = TypeVar("Asked", bound=Message)
Answer = TypeVar("Answer", bound=Message)
T = TypeVar("T")


class AsyncConnection:
    """A channel and who calls through it; shared by all views of a client."""

    def __init__(self, channel: grpc.aio.Channel, tokens: Tokens) -> None:
        """Takes the channel over."""
        self.channel = channel
        self.tokens = tokens

    async def with_token(self, call: Callable[[str | None], Awaitable[T]]) -> T:
        """Calls with the token; once more with a new one where it was refused."""
        token = await asyncio.to_thread(self.tokens.current)
        try:
            return await call(token)
        except errors.Unauthenticated:
            other = await asyncio.to_thread(self.tokens.renewed, token)
            if other is None:
                raise
            return await call(other)


class AsyncStream(Generic[Answer]):
    """Messages as they come. To be gone through once, by one task."""

    def __init__(
        self,
        connection: AsyncConnection,
        method: Method[Any, Answer],
        start: Callable[[str | None], Any],
        note: Callable[[Answer], None],
    ) -> None:
        """Begins the stream with its first message."""
        self._connection = connection
        self._method = method
        self._start = start
        self._note = note
        self._call: Any = None
        self._cancelled = False
        self._began = False

    def __aiter__(self) -> Self:
        """Goes through the messages that are still to come."""
        return self

    async def __anext__(self) -> Answer:
        """Waits for the next message.

        Raises:
            attlas.errors.Error: The stream broke off, or was cancelled.
        """
        if self._call is None:
            answer = await self._connection.with_token(self._first)
        else:
            answer = await self._receive()
        self._note(answer)
        return answer

    async def _first(self, token: str | None) -> Answer:
        self._call = self._start(token)
        return await self._receive()

    async def _receive(self) -> Answer:
        if self._cancelled:
            self._call.cancel()
        try:
            received = await self._call.read()
        except grpc.RpcError as error:
            # What the caller ends is a CancelledError of asyncio.
            raise errors.from_rpc(error, ended_here=False) from None
        except asyncio.CancelledError:
            if self._cancelled:
                raise errors.Cancelled("the caller ended the stream") from None
            self._call.cancel()
            raise
        if received is grpc.aio.EOF:
            raise StopAsyncIteration
        return self._method.parse(received)

    def cancel(self) -> None:
        """Ends the stream; who waits for a message gets `Cancelled`."""
        self._cancelled = True
        if self._call is not None:
            self._call.cancel()

    async def __aenter__(self) -> Self:
        """Ends the stream with the block."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends the stream."""
        self.cancel()


class AsyncService(TakesDates):
    """What the services have in common."""

    def __init__(self, connection: AsyncConnection, context: Context) -> None:
        """Calls through a connection."""
        self._connection = connection
        self._context = context

    async def _unary(
        self, method: Method[Asked, Answer], request: Asked, timeout: float | None
    ) -> Answer:
        async with self._turn(method):
            sent, since = self._context.prepared(method, request)
            answer = await self._ask(method, sent, timeout)
            self._context.note(method, answer, since)
        return answer

    async def _ask(
        self, method: Method[Asked, Answer], sent: Asked, timeout: float | None
    ) -> Answer:
        callable_: Any = self._connection.channel.unary_unary(method.path)
        request = method.serialize(sent)

        async def call(token: str | None) -> Answer:
            options = self._context.options(token, timeout)
            return method.parse(await self._finished(callable_, request, options))

        return await self._connection.with_token(call)

    async def _pages(
        self, method: Method[Asked, Answer], request: Asked, timeout: float | None
    ) -> AsyncIterator[Answer]:
        prepared, since = self._context.prepared(method, request)
        sent: Asked | None = prepared
        while sent is not None:
            page = await self._ask(method, sent, timeout)
            self._context.note(method, page, since)
            yield page
            sent = next_page(sent, page)

    def _stream(
        self, method: Method[Asked, Answer], request: Asked, timeout: float | None
    ) -> AsyncStream[Answer]:
        sent, since = self._context.prepared(method, request)
        callable_: Any = self._connection.channel.unary_stream(method.path)
        serialized = method.serialize(sent)
        return AsyncStream(
            self._connection,
            method,
            lambda token: callable_(
                serialized, **self._context.options(token, timeout, endless=True)
            ),
            lambda answer: self._context.note(method, answer, since),
        )

    async def _upload(
        self, method: Method[Asked, Answer], requests: Iterable[Asked], timeout: float | None
    ) -> Answer:
        callable_: Any = self._connection.channel.stream_unary(method.path)
        sent = Sending(method.serialize(request) for request in requests)
        token = await asyncio.to_thread(self._connection.tokens.current)
        options = self._context.options(token, timeout, endless=True)
        async with self._turn(method):
            # Messages that went out cannot be sent again, so a refused token is not replaced.
            with sent:
                received = await self._finished(callable_, sent, options)
            answer = method.parse(received)
            self._context.note(method, answer, "")
        return answer

    async def _finished(self, callable_: Any, sent: Any, options: dict[str, Any]) -> bytes:
        try:
            return cast("bytes", await callable_(sent, **options))
        except grpc.RpcError as error:
            raise errors.from_rpc(error, ended_here=False) from None

    def _turn(self, method: Method[Any, Any]) -> contextlib.AbstractAsyncContextManager[object]:
        if method.reads or self._context.seen is None:
            return contextlib.nullcontext()
        return self._context.seen.async_writing
