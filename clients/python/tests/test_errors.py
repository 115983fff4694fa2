from __future__ import annotations

import threading
from pathlib import Path

import pytest
from attlas.graph.messages import Edge, Mutation, Node
from daemon import PATIENCE, Daemon

import attlas
from attlas import errors
from attlas.errors import ErrorReason


def test_a_missing_name_is_told_with_what_is_near(atlas: attlas.Client) -> None:
    with pytest.raises(errors.NotFound) as caught:
        atlas.instruments.get_status(instrument="atx")
    error = caught.value
    assert error.reason is ErrorReason.RESOURCE_NOT_FOUND
    assert error.metadata["resource"] == "instruments/atx"
    assert "instruments/att" in error.metadata["suggestions"]
    assert error.resource is not None
    assert error.resource.name == "instruments/atx"
    assert isinstance(error, attlas.Error)


def test_a_field_at_fault_is_named(atlas: attlas.Client) -> None:
    with pytest.raises(errors.InvalidArgument) as caught:
        atlas.graph.commit(
            mutations=[
                Mutation(create_node=Node(name="sources/a", type="source", display_name="A")),
                Mutation(create_edge=Edge(type="NO_SUCH", from_="states/IDN", to="states/PHL")),
            ],
            validate_only=True,
        )
    assert caught.value.violations[0].field == "mutations[1].create_edge.type"
    assert caught.value.violations[0].description


def test_a_revision_of_another_store_is_refused(atlas: attlas.Client) -> None:
    with pytest.raises(errors.InvalidArgument) as caught:
        atlas.pinned("nonsense").graph.get_node(name="states/IDN")
    assert caught.value.reason is ErrorReason.REVISION_MALFORMED


def test_what_does_not_fit_is_told_before_it_is_sent(atlas: attlas.Client) -> None:
    with pytest.raises(TypeError, match=r"BatchGetNodesRequest\.names"):
        atlas.graph.batch_get_nodes(names="states/IDN")
    with pytest.raises(ValueError, match="2024-13"):
        atlas.reading(as_of="2024-13")


def test_nobody_there_is_told_at_once(folder: Path) -> None:
    with attlas.connect(f"unix:{folder / 'none'}") as client, pytest.raises(errors.Unavailable):
        client.graph.get_node(name="states/IDN")


def test_a_deadline_ends_a_call(folder: Path) -> None:
    # Nobody is there, so that no speed decides the race.
    with attlas.connect(f"unix:{folder / 'none'}", wait_for_ready=True) as client:
        with pytest.raises(errors.DeadlineExceeded):
            client.graph.get_node(name="states/IDN", timeout=0.2)
        with pytest.raises(errors.DeadlineExceeded):
            client.waiting(timeout=0.2).graph.get_node(name="states/IDN")


def test_the_daemon_keeps_to_a_deadline(atlas: attlas.Client) -> None:
    # A watch has no end of its own.
    with pytest.raises(errors.DeadlineExceeded), atlas.graph.watch(timeout=0.5) as stream:
        for _ in stream:
            pass


def test_a_call_is_cancelled(folder: Path) -> None:
    with attlas.connect(f"unix:{folder / 'none'}", wait_for_ready=True, timeout=PATIENCE) as client:
        stop = attlas.Cancellation()
        timer = threading.Timer(0.2, stop.cancel)
        timer.start()
        with pytest.raises(errors.Cancelled):
            client.graph.get_node(name="states/IDN", cancellation=stop)
        timer.join()
        # It holds for what comes later, too.
        with pytest.raises(errors.Cancelled):
            client.graph.get_node(name="states/IDN", cancellation=stop)
        assert stop.cancelled


def test_a_stream_is_cancelled(shared: Daemon) -> None:
    with attlas.connect(shared.address) as client:
        stop = attlas.Cancellation()
        stream = client.graph.watch(from_earliest=True, cancellation=stop)
        assert next(stream).through_revision
        threading.Timer(0.1, stop.cancel).start()
        with pytest.raises(errors.Cancelled):
            for _ in stream:
                pass
        with client.graph.watch() as other:
            threading.Timer(0.1, other.cancel).start()
            with pytest.raises(errors.Cancelled):
                for _ in other:
                    pass


def test_a_token_does_not_leave_the_machine_in_the_clear() -> None:
    with pytest.raises(ValueError, match="TLS"):
        attlas.connect("atlas.example:443", token="secret")  # noqa: S106
