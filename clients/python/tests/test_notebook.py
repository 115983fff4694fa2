"""The notebook of the examples, as a reader runs it."""

from __future__ import annotations

import re
from typing import Any

import nbclient
import nbformat
import pytest
from daemon import PATIENCE, ROOT, Daemon

NOTEBOOK = ROOT / "clients/python/examples/region_map_and_synergies.ipynb"


def read() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]


def texts_of(notebook: Any, kind: str) -> str:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = [output["data"][kind] for output in outputs if kind in output.get("data", {})]
    printed = [output["text"] for output in outputs if output["output_type"] == "stream"]
    return "\n".join(shown + printed)


def test_redraws_the_map_and_the_table(shared: Daemon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTLAS_ADDRESS", shared.address)
    notebook = read()
    client = nbclient.NotebookClient(notebook, timeout=int(PATIENCE), kernel_name="python3")
    client.execute()
    text = texts_of(notebook, "text/plain")
    assert "13 of 40 are parties." in text
    assert re.search(r"POLITICAL_SAME_GOODS +23\n", text)
    table = texts_of(notebook, "text/html")
    assert "Brokering control" in table
    assert "sources/" in table
    # A picture, and not an empty one.
    assert len(texts_of(notebook, "image/png")) > 20_000


def test_is_kept_without_answers() -> None:
    for cell in read().cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
