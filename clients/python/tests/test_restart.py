from __future__ import annotations

import threading
from collections.abc import Callable

from attlas.graph.messages import Mutation, Node
from daemon import PATIENCE, Daemon

import attlas


def test_a_call_waits_for_a_daemon_that_starts_again(start: Callable[..., Daemon]) -> None:
    daemon = start()
    with attlas.connect(daemon.address, timeout=PATIENCE) as client:
        before = client.graph.get_node(name="states/IDN")
        daemon.kill()
        answers = []

        def ask() -> None:
            answers.append(client.waiting().graph.get_node(name="states/IDN"))

        thread = threading.Thread(target=ask)
        thread.start()
        daemon.start()
        thread.join()
        assert answers == [before]
        # From then on it need not wait.
        assert client.graph.get_node(name="states/IDN") == before


def test_no_write_is_lost_or_done_twice_by_a_restart(start: Callable[..., Daemon]) -> None:
    daemon = start()
    with attlas.connect(daemon.address, timeout=PATIENCE, wait_for_ready=True) as client:
        session = client.session()
        for number in range(6):
            node = Node(name=f"sources/kept-{number}", type="source", display_name="Kept")
            if number % 2 == 1:
                daemon.stop()
                daemon.start()
            session.graph.commit(mutations=[Mutation(create_node=node)])
        names = [f"sources/kept-{number}" for number in range(6)]
        assert len(session.graph.batch_get_nodes(names=names).nodes) == 6
