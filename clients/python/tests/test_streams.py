from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from attlas.graph.messages import (
    Citation,
    Direction,
    ExportResponse,
    ImportRequest,
    Mutation,
    Node,
)
from daemon import PATIENCE, Daemon

import attlas
from attlas import errors
from attlas.streams import exported, followed, loaded


def source(name: str, shown: str = "A source") -> Node:
    return Node(name=f"sources/{name}", type="source", display_name=shown)


def test_a_traversal_comes_in_batches(atlas: attlas.Client) -> None:
    with atlas.graph.traverse(
        start_nodes=["instruments/att"], direction=Direction.BACKWARD, max_depth=1
    ) as stream:
        visits = [visit for batch in stream for visit in batch.visits]
    assert visits[0].node is not None
    assert visits[0].node.name == "instruments/att"
    assert len(visits) > 100


def test_an_export_holds_everything(atlas: attlas.Client) -> None:
    batches = list(exported(atlas))
    assert batches[0].ontology is not None
    assert [batch.cursor == "" for batch in batches] == [False] * (len(batches) - 1) + [True]
    counted = atlas.graph.get_statistics()
    nodes = [node for batch in batches for node in batch.nodes]
    edges = [edge for batch in batches for edge in batch.edges]
    assert len(nodes) == len({node.name for node in nodes})
    assert len(nodes) == sum(each.count for each in counted.node_counts)
    assert len(edges) == sum(each.count for each in counted.edge_counts)


def test_an_export_goes_on_after_a_restart(start: Callable[..., Daemon]) -> None:
    daemon = start()
    with attlas.connect(daemon.address) as client:
        whole = [node.name for batch in exported(client) for node in batch.nodes]
        begun = exported(client)
        batches: list[ExportResponse] = [next(begun)]
        daemon.kill()
        daemon.start()
        batches.extend(begun)
        assert [node.name for batch in batches for node in batch.nodes] == whole
        assert len({batch.revision for batch in batches}) == 1


def test_a_watch_goes_on_after_a_restart(start: Callable[..., Daemon]) -> None:
    daemon = start()
    with attlas.connect(daemon.address, wait_for_ready=True, timeout=PATIENCE) as client:
        stop = attlas.Cancellation()
        seen: list[str] = []
        ends: list[str] = []
        came = threading.Condition()

        def follow() -> None:
            for revision in followed(client, after=first, cancellation=stop):
                with came:
                    seen.extend(change.name for change in revision.changes)
                    came.notify()

        def follow_to_the_end() -> None:
            with pytest.raises(errors.Cancelled):
                follow()
            ends.append("cancelled")

        def write(*names: str) -> None:
            mutations = [Mutation(create_node=source(name)) for name in names]
            client.graph.commit(mutations=mutations)

        def wait_for(count: int) -> None:
            with came:
                assert came.wait_for(lambda: len(seen) >= count, PATIENCE)

        first = client.pinned().revision
        thread = threading.Thread(target=follow_to_the_end)
        thread.start()
        write("a", "b")
        wait_for(2)
        daemon.kill()
        daemon.start()
        write("c")
        write("d")
        wait_for(4)
        stop.cancel()
        thread.join()
        assert ends == ["cancelled"]
        assert seen == [f"sources/{name}" for name in "abcd"]


def test_a_load_is_one_commit(start: Callable[..., Daemon]) -> None:
    with attlas.connect(start().address) as client:
        nodes = [source(f"many-{number}") for number in range(600)]
        done = loaded(client, nodes=nodes, reason="a test", timeout=PATIENCE)
        assert (done.created_count, done.updated_count, done.row_errors) == (600, 0, ())
        again = loaded(client, nodes=nodes, timeout=PATIENCE)
        assert (again.created_count, again.unchanged_count) == (0, 600)
        assert again.revision == done.revision
        wrong = Node(name="states/XXX", type="state", display_name="Nowhere")
        refused = loaded(client, nodes=[source("one-more"), wrong], timeout=PATIENCE)
        assert refused.row_errors
        assert refused.row_errors[0].row == 2
        with pytest.raises(errors.NotFound):
            client.graph.get_node(name="sources/one-more")


def test_a_load_that_does_not_fit_says_why(atlas: attlas.Client) -> None:
    def requests() -> Iterator[ImportRequest]:
        yield ImportRequest(validate_only=True)
        yield ImportRequest(nodes=[Citation(source="sources/a")])  # type: ignore[list-item]

    with pytest.raises(TypeError, match=r"ImportRequest\.nodes: takes a Node"):
        atlas.graph.import_(requests(), timeout=PATIENCE)
