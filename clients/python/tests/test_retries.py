"""What the published service config does. No daemon fails on demand, so one is played."""

from __future__ import annotations

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
from attlas import errors


class Faltering(graph_service_pb2_grpc.GraphServiceServicer):
    """Refuses the first calls of each method, and keeps what it was asked."""

    def __init__(self, refusals: int, code: grpc.StatusCode) -> None:
        self._refusals = refusals
        self._code = code
        self.asked: list[Any] = []

    def _take(self, request: Any, context: grpc.ServicerContext) -> None:
        self.asked.append(request)
        if len(self.asked) <= self._refusals:
            context.abort(self._code, "not now")

    def GetNode(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        self._take(request, context)
        return graph_service_pb2.GetNodeResponse(revision="one")

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
SOURCE = Mutation(create_node=Node(name="sources/a", type="source", display_name="A"))


def test_a_read_is_tried_again(play: Play) -> None:
    faltering, client = play(3)
    assert client.graph.get_node(name="states/IDN").revision == "one"
    assert len(faltering.asked) == 4


def test_there_is_an_end_to_trying(play: Play) -> None:
    faltering, client = play(100)
    with pytest.raises(errors.Unavailable, match="not now"):
        client.graph.get_node(name="states/IDN")
    assert len(faltering.asked) == 4


def test_a_write_is_tried_again_as_the_same_one(play: Play) -> None:
    faltering, client = play(2)
    assert client.graph.commit(mutations=[SOURCE]).revision == "two"
    assert len(faltering.asked) == 3
    assert len({request.request_id for request in faltering.asked}) == 1
    assert faltering.asked[0].request_id
    # The next one is another.
    client.graph.commit(mutations=[SOURCE])
    assert faltering.asked[3].request_id != faltering.asked[0].request_id


def test_a_load_is_not_tried_again(play: Play) -> None:
    faltering, client = play(1)
    with pytest.raises(errors.Unavailable):
        client.graph.import_([ImportRequest(row_count=0)])
    assert len(faltering.asked) == 1


def test_other_errors_are_not_tried_again(play: Play) -> None:
    faltering, client = play(1, grpc.StatusCode.ABORTED)
    with pytest.raises(errors.Aborted):
        client.graph.commit(mutations=[SOURCE])
    assert len(faltering.asked) == 1
