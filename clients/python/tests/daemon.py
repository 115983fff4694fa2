"""A real attlasd with a store of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

ROOT = Path(os.environ.get("ATTLAS_ROOT", Path(__file__).resolve().parents[3]))
BIN = Path(os.environ.get("ATTLAS_BIN", ROOT / "build/release/bin"))

# How long anything may take; a loaded machine of two cores stays far below it.
PATIENCE = 300.0


def load_curated(store: Path) -> None:
    """Makes a store of the curated dataset."""
    subprocess.run(
        [BIN / "attlas", "data", "load", ROOT / "data", "--data_dir", store],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )


class Daemon:
    """Starts and ends attlasd in a folder; the store stays from one start to the next.

    It listens on a socket in that folder, which nobody else can take while it is down.
    """

    def __init__(self, folder: Path, curated: Path, *flags: str) -> None:
        self._folder = folder
        self._flags = flags
        self._process: subprocess.Popen[str] | None = None
        # The path of a socket may be no longer than a hundred letters.
        self.address = f"unix:{folder / 'd'}"
        shutil.copytree(curated, folder / "store")

    def start(self, *, listen: str | None = None) -> None:
        """Starts it and waits until it serves; `address` is where."""
        assert self._process is None
        with (self._folder / "log").open("a") as log:
            self._process = subprocess.Popen(
                [
                    BIN / "attlasd",
                    *("--data_dir", self._folder / "store", "--listen", listen or self.address),
                    *("--admin_listen=", "--http_listen=", *self._flags),
                ],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            raise AssertionError(f"attlasd ended: {(self._folder / 'log').read_text()}")
        self.address = line.split(" on ", 1)[1].split(";", 1)[0].strip()

    def kill(self) -> None:
        """Ends it at once, as a machine that fails."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Lets it finish the calls in hand."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        self._process.wait(timeout=PATIENCE)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process = None
