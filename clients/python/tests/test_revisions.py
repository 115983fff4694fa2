from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable

from attlas.graph.messages import Mutation, Node, ReadOptions
from daemon import PATIENCE, Daemon

import attlas
from attlas._context import Seen


def source(number: int) -> Mutation:
    name = f"sources/seen-{number}"
    return Mutation(create_node=Node(name=name, type="source", display_name=f"Source {number}"))


def test_a_session_sees_its_own_writes(start: Callable[..., Daemon]) -> None:
    with attlas.connect(start().address, timeout=PATIENCE) as client:
        session = client.session()
        assert session.revision == ""
        before = session.graph.get_node(name="states/IDN").revision
        assert session.revision == before
        written = session.graph.commit(mutations=[source(1)], reason="a test").revision
        assert session.revision == written != before
        assert session.graph.get_node(name="sources/seen-1").node is not None
        # Another session begins anew.
        assert client.session().revision == ""


def test_a_session_has_its_writes_take_turns(start: Callable[..., Daemon]) -> None:
    with attlas.connect(start().address, timeout=PATIENCE) as client:
        session = client.session()

        def write(number: int) -> None:
            session.graph.commit(mutations=[source(number)])

        threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = client.pinned(session.revision).graph.batch_get_nodes(
            names=[f"sources/seen-{number}" for number in range(8)]
        )
        assert len(found.nodes) == 8


def test_a_pinned_view_does_not_move(start: Callable[..., Daemon]) -> None:
    with attlas.connect(start().address, timeout=PATIENCE) as client:
        pinned = client.pinned()
        node = client.graph.get_node(name="states/IDN").node
        assert node is not None
        renamed = dataclasses.replace(node, display_name="Another name", etag="")
        client.graph.commit(mutations=[Mutation(update_node=renamed)])
        then = pinned.graph.get_node(name="states/IDN")
        assert then.revision == pinned.revision
        assert then.node is not None
        assert then.node.display_name == "Indonesia"
        now = client.graph.get_node(name="states/IDN").node
        assert now is not None
        assert now.display_name == "Another name"
        # What a question says itself counts more.
        fresh = pinned.graph.get_node(name="states/IDN", read=ReadOptions(at_least_revision=""))
        assert fresh.revision == pinned.revision
        latest = client.pinned().revision
        other = pinned.graph.get_node(name="states/IDN", read=ReadOptions(at_revision=latest))
        assert other.revision == latest


def test_pages_stay_at_their_revision(start: Callable[..., Daemon]) -> None:
    with attlas.connect(start().address, timeout=PATIENCE) as client:
        pages = client.graph.list_nodes_pages(page_size=500)
        first = next(pages)
        client.graph.commit(mutations=[source(1)])
        rest = list(pages)
        assert {page.revision for page in rest} == {first.revision}
        names = {node.name for page in [first, *rest] for node in page.nodes}
        assert "sources/seen-1" not in names


def test_an_answer_on_its_way_does_not_take_a_session_back() -> None:
    seen = Seen()
    seen.read("one", since="")
    since = seen.revision
    seen.wrote("two")
    seen.read("one", since=since)
    assert seen.revision == "two"
    seen.read("three", since="two")
    assert seen.revision == "three"
