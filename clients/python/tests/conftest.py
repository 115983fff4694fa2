from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from daemon import PATIENCE, Daemon, load_curated

import attlas


@pytest.fixture
def folder() -> Iterator[Path]:
    # Short, for the sake of the socket in it.
    with tempfile.TemporaryDirectory(prefix="attlas") as path:
        yield Path(path)


@pytest.fixture(scope="session")
def curated() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="attlas") as path:
        load_curated(Path(path) / "store")
        yield Path(path) / "store"


@pytest.fixture(scope="session")
def shared(curated: Path) -> Iterator[Daemon]:
    """For tests that only read."""
    with tempfile.TemporaryDirectory(prefix="attlas") as path:
        daemon = Daemon(Path(path), curated)
        daemon.start()
        yield daemon
        daemon.kill()


@pytest.fixture
def atlas(shared: Daemon) -> Iterator[attlas.Client]:
    with attlas.connect(shared.address, timeout=PATIENCE) as client:
        yield client


@pytest.fixture
def start(folder: Path, curated: Path) -> Iterator[Callable[..., Daemon]]:
    """Starts a daemon of one's own."""
    started: list[Daemon] = []

    def begin(*flags: str, listen: str | None = None) -> Daemon:
        daemon = Daemon(folder, curated, *flags)
        daemon.start(listen=listen)
        started.append(daemon)
        return daemon

    yield begin
    for daemon in started:
        daemon.kill()
