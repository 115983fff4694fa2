"""What the published service config does. No daemon fails on demand, so one is played."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent import futures
from pathlib import Path
from typing import Any

import grpc
import pytest
from attlas.graph.messages import ImportRequest, Mutation, Node
from attlas.graph.v1 import graph_service_pb2, graph_service_pb2_grpc
from daemon import PATIENCE

import attlas
from attlas import aio, errors


class Faltering(graph_service_pb2_grpc.GraphServiceServicer):
    """Refuses the first calls of each method, and keeps what it was asked."""

    def __init__(self, refusals: int, code: grpc.StatusCode) -> None:
        self._refusals = refusals
        self._code = code
        self.asked: list[Any] = []
        self.began = threading.Event()
        self.ended = threading.Event()

    def _take(self, request: Any, context: grpc.ServicerContext) -> None:
        self.asked.append(request)
        if len(self.asked) <= self._refusals:
            context.abort(self._code, "not now")

    def GetNode(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        self._take(request, context)
        return graph_service_pb2.GetNodeResponse(revision="one")

    def ListNodes(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        """Answers nothing, until its caller is gone."""
        self.asked.append(request)
        context.add_callback(self.ended.set)
        self.began.set()
        self.ended.wait()
        return graph_service_pb2.ListNodesResponse()

    def Watch(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:  # noqa: N802
        self.asked.append(request)
        yield graph_service_pb2.WatchResponse(through_revision="one")
        context.abort(self._code, "not now")

    def Commit(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        self._take(request, context)
        return graph_service_pb2.CommitResponse(revision="two")

    def Import(self, requests: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        self._take(list(requests), context)
        return graph_service_pb2.ImportResponse(revision="three")


@pytest.fixture
def play(folder: Path) -> Iterator[Callable[..., tuple[Faltering, attlas.Client]]]:
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=2))
    clients: list[attlas.Client] = []

    def begin(
        refusals: int, code: grpc.StatusCode = grpc.StatusCode.UNAVAILABLE
    ) -> tuple[Faltering, attlas.Client]:
        faltering = Faltering(refusals, code)
        add: Any = graph_service_pb2_grpc.add_GraphServiceServicer_to_server
        add(faltering, server)
        server.add_insecure_port(f"unix:{folder / 'd'}")
        server.start()
        clients.append(attlas.connect(f"unix:{folder / 'd'}", timeout=PATIENCE))
        return faltering, clients[-1]

    yield begin
    for client in clients:
        client.close()
    server.stop(None).wait()


Play = Callable[..., tuple[Faltering, attlas.Client]]
# What a daemon that stops answers; gRPC itself cancels what reaches it in that very instant.
STOPPING = pytest.mark.parametrize("code", [grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED])
SOURCE = Mutation(create_node=Node(name="sources/a", type="source", display_name="A"))


@STOPPING
def test_a_read_is_tried_again(play: Play, code: grpc.StatusCode) -> None:
    faltering, client = play(3, code)
    assert client.graph.get_node(name="states/IDN").revision == "one"
    assert len(faltering.asked) == 4


@STOPPING
def test_there_is_an_end_to_trying(play: Play, code: grpc.StatusCode) -> None:
    faltering, client = play(100, code)
    with pytest.raises(errors.Unavailable, match="not now"):
        client.graph.get_node(name="states/IDN")
    assert len(faltering.asked) == 4


def test_what_the_caller_cancels_is_not_tried_again(play: Play) -> None:
    faltering, client = play(0)
    stop = attlas.Cancellation()

    def leave() -> None:
        faltering.began.wait()
        stop.cancel()

    leaving = threading.Thread(target=leave)
    leaving.start()
    with pytest.raises(errors.Cancelled):
        client.graph.list_nodes(cancellation=stop)
    leaving.join()
    assert faltering.ended.wait(PATIENCE)
    client.graph.get_node(name="states/IDN")
    assert len(faltering.asked) == 2


def test_a_connection_that_is_closed_cancels_its_calls(play: Play) -> None:
    faltering, client = play(0)

    def leave() -> None:
        faltering.began.wait()
        client.close()

    leaving = threading.Thread(target=leave)
    leaving.start()
    with pytest.raises(errors.Cancelled):
        client.graph.list_nodes()
    leaving.join()
    assert len(faltering.asked) == 1


@STOPPING
def test_a_stream_that_had_begun_says_that_its_daemon_stops(
    play: Play, code: grpc.StatusCode
) -> None:
    faltering, client = play(0, code)
    stream = client.graph.watch()
    assert next(stream).through_revision == "one"
    with pytest.raises(errors.Unavailable):
        next(stream)
    assert len(faltering.asked) == 1


@STOPPING
def test_a_write_is_tried_again_as_the_same_one(play: Play, code: grpc.StatusCode) -> None:
    faltering, client = play(2, code)
    assert client.graph.commit(mutations=[SOURCE]).revision == "two"
    assert len(faltering.asked) == 3
    assert len({request.request_id for request in faltering.asked}) == 1
    assert faltering.asked[0].request_id
    # The next one is another.
    client.graph.commit(mutations=[SOURCE])
    assert faltering.asked[3].request_id != faltering.asked[0].request_id


@STOPPING
def test_tasks_are_told_the_same(play: Play, folder: Path, code: grpc.StatusCode) -> None:
    faltering, _ = play(3, code)

    async def ask() -> None:
        async with aio.connect(f"unix:{folder / 'd'}", timeout=PATIENCE) as client:
            assert (await client.graph.get_node(name="states/IDN")).revision == "one"
            assert len(faltering.asked) == 4
            stream = client.graph.watch()
            assert (await anext(stream)).through_revision == "one"
            with pytest.raises(errors.Unavailable):
                await anext(stream)

    asyncio.run(ask())


@STOPPING
def test_a_load_is_not_tried_again(play: Play, code: grpc.StatusCode) -> None:
    faltering, client = play(1, code)
    with pytest.raises(errors.Unavailable):
        client.graph.import_([ImportRequest(row_count=0)])
    assert len(faltering.asked) == 1


def test_other_errors_are_not_tried_again(play: Play) -> None:
    faltering, client = play(1, grpc.StatusCode.ABORTED)
    with pytest.raises(errors.Aborted):
        client.graph.commit(mutations=[SOURCE])
    assert len(faltering.asked) == 1
