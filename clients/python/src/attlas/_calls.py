"""Calls that block until there is an answer."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import grpc

from attlas import errors
from attlas._context import Context, TakesDates, next_page
from attlas._messages import Message
from attlas._method import Method
from attlas._sending import Sending
from attlas._tokens import Tokens
from attlas.cancellation import Cancellation

Asked = TypeVar("Asked", bound=Message)
Answer = TypeVar("Answer", bound=Message)
T = TypeVar("T")


class Connection:
    """A channel and who calls through it; shared by all views of a client. Thread-safe."""

    def __init__(self, channel: grpc.Channel, tokens: Tokens) -> None:
        """Takes the channel over."""
        self.channel = channel
        self.tokens = tokens
        self.closed = False

    def close(self) -> None:
        """Ends the channel, and with it the calls under way."""
        self.closed = True
        self.channel.close()

    def with_token(self, call: Callable[[str | None], T]) -> T:
        """Calls with the token; once more with a new one where it was refused."""
        token = self.tokens.current()
        try:
            return call(token)
        except errors.Unauthenticated:
            other = self.tokens.renewed(token)
            if other is None:
                raise
            return call(other)


class Stream(Generic[Answer]):
    """Messages as they come. To be gone through once, by one thread.

    `cancel` may be called from any thread; so may the end of a `with` block, which cancels.
    """

    def __init__(
        self,
        connection: Connection,
        method: Method[Any, Answer],
        start: Callable[[str | None], Any],
        note: Callable[[Answer], None],
        cancellation: Cancellation,
    ) -> None:
        """Begins the stream."""
        self._connection = connection
        self._method = method
        self._start = start
        self._note = note
        self._cancellation = cancellation
        self._own = contextlib.ExitStack()
        self._token = connection.tokens.current()
        self._began = False
        self._begin(self._token)

    def _begin(self, token: str | None) -> None:
        self._call = self._start(token)
        self._own.close()
        self._own.enter_context(self._cancellation._during(self._call.cancel))

    def __iter__(self) -> Self:
        """Goes through the messages that are still to come."""
        return self

    def __next__(self) -> Answer:
        """Waits for the next message.

        Raises:
            attlas.errors.Error: The stream broke off, or was cancelled.
        """
        try:
            answer = self._next()
        except BaseException:
            self._own.close()
            raise
        self._began = True
        self._note(answer)
        return answer

    def _next(self) -> Answer:
        try:
            return self._receive()
        except errors.Unauthenticated:
            # A token that ends later ends the stream: what was read must not come twice.
            other = None if self._began else self._connection.tokens.renewed(self._token)
            if other is None:
                raise
            self._begin(other)
            return self._receive()

    def _receive(self) -> Answer:
        try:
            return self._method.parse(next(self._call))
        except grpc.RpcError as error:
            ended_here = self._call.cancelled() or self._connection.closed
            raise errors.from_rpc(error, ended_here=ended_here) from None

    def cancel(self) -> None:
        """Ends the stream; who waits for a message gets `Cancelled`."""
        self._call.cancel()

    def __enter__(self) -> Self:
        """Ends the stream with the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends the stream."""
        self.cancel()
        self._own.close()


class Service(TakesDates):
    """What the services have in common. Thread-safe."""

    def __init__(self, connection: Connection, context: Context) -> None:
        """Calls through a connection."""
        self._connection = connection
        self._context = context

    def _unary(
        self,
        method: Method[Asked, Answer],
        request: Asked,
        timeout: float | None,
        cancellation: Cancellation | None,
    ) -> Answer:
        turn = contextlib.nullcontext() if method.reads else self._turn()
        with turn:
            sent, since = self._context.prepared(method, request)
            answer = self._ask(method, sent, timeout, cancellation)
            self._context.note(method, answer, since)
        return answer

    def _ask(
        self,
        method: Method[Asked, Answer],
        sent: Asked,
        timeout: float | None,
        cancellation: Cancellation | None,
    ) -> Answer:
        # Bytes go in and out, so that what does not fit is an error of the caller's, told here.
        callable_: Any = self._connection.channel.unary_unary(method.path)
        request = method.serialize(sent)

        def call(token: str | None) -> Answer:
            options = self._context.options(token, timeout)
            return method.parse(self._finished(callable_, request, options, cancellation))

        return self._connection.with_token(call)

    def _pages(
        self,
        method: Method[Asked, Answer],
        request: Asked,
        timeout: float | None,
        cancellation: Cancellation | None,
    ) -> Iterator[Answer]:
        # All pages are asked with the same options: a page token belongs to them.
        prepared, since = self._context.prepared(method, request)
        sent: Asked | None = prepared
        while sent is not None:
            page = self._ask(method, sent, timeout, cancellation)
            self._context.note(method, page, since)
            yield page
            sent = next_page(sent, page)

    def _stream(
        self,
        method: Method[Asked, Answer],
        request: Asked,
        timeout: float | None,
        cancellation: Cancellation | None,
    ) -> Stream[Answer]:
        sent, since = self._context.prepared(method, request)
        callable_: Any = self._connection.channel.unary_stream(method.path)
        serialized = method.serialize(sent)
        return Stream(
            self._connection,
            method,
            lambda token: callable_(
                serialized, **self._context.options(token, timeout, endless=True)
            ),
            lambda answer: self._context.note(method, answer, since),
            cancellation or Cancellation(),
        )

    def _upload(
        self,
        method: Method[Asked, Answer],
        requests: Iterable[Asked],
        timeout: float | None,
        cancellation: Cancellation | None,
    ) -> Answer:
        callable_: Any = self._connection.channel.stream_unary(method.path)
        sent = Sending(method.serialize(request) for request in requests)
        token = self._connection.tokens.current()
        options = self._context.options(token, timeout, endless=True)
        with self._turn():
            # Messages that went out cannot be sent again, so a refused token is not replaced.
            with sent:
                received = self._finished(callable_, sent, options, cancellation)
            answer = method.parse(received)
            self._context.note(method, answer, "")
        return answer

    def _finished(
        self,
        callable_: Any,
        sent: Any,
        options: dict[str, Any],
        cancellation: Cancellation | None,
    ) -> Any:
        """Waits for the answer of a call; an exception that comes meanwhile ends the call."""
        future = callable_.future(sent, **options)
        try:
            with (cancellation or Cancellation())._during(future.cancel):
                return future.result()
        except grpc.FutureCancelledError:
            raise errors.Cancelled("the caller ended the call") from None
        except grpc.RpcError as error:
            raise errors.from_rpc(error, ended_here=self._connection.closed) from None
        except BaseException:
            future.cancel()
            raise

    def _turn(self) -> contextlib.AbstractContextManager[object]:
        return self._context.seen.writing if self._context.seen else contextlib.nullcontext()
