"""Writes the documentation of the installed package into a folder: `docs.py FOLDER`."""

from __future__ import annotations

import pkgutil
import re
import sys
from pathlib import Path

import pdoc

import attlas


def public_modules() -> list[str]:
    """Returns the names of all that people call."""
    found = (module.name for module in pkgutil.walk_packages(attlas.__path__, "attlas."))
    # What protoc wrote is no reading; its messages are in the modules beside it.
    return ["attlas", *(name for name in found if not re.search(r"\._|\.v1\b|\.access", name))]


def write(folder: Path) -> None:
    """Writes a page for each public module."""
    pdoc.render.configure(docformat="google", show_source=False)
    pdoc.pdoc(*public_modules(), output_directory=folder)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
