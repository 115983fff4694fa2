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


def test_no_read_fails_while_a_daemon_stops_and_starts_again(start: Callable[..., Daemon]) -> None:
    daemon = start()
    with attlas.connect(daemon.address, timeout=PATIENCE, wait_for_ready=True) as client:
        answers = [0] * 4
        problems: list[BaseException] = []
        changed = threading.Condition()
        over = threading.Event()

        def read(reader: int) -> None:
            try:
                while not over.is_set():
                    client.graph.get_node(name="states/IDN")
                    with changed:
                        answers[reader] += 1
                        changed.notify_all()
            except BaseException as problem:
                with changed:
                    problems.append(problem)
                    changed.notify_all()

        def every_reader_goes_on() -> None:
            before = list(answers)

            def went_on() -> bool:
                return all(now > then for now, then in zip(answers, before, strict=True))

            with changed:
                assert changed.wait_for(lambda: bool(problems) or went_on(), PATIENCE)

        readers = [threading.Thread(target=read, args=(reader,)) for reader in range(4)]
        for reader in readers:
            reader.start()
        for _ in range(5):
            every_reader_goes_on()
            daemon.stop()
            daemon.start()
        every_reader_goes_on()
        over.set()
        for reader in readers:
            reader.join()
        assert problems == []


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
