"""Writes the documentation of the installed package into a folder: `docs.py FOLDER`."""

from __future__ import annotations

import pkgutil
import sys
from pathlib import Path

import pdoc

import attlas


def public_modules() -> list[str]:
    """Returns the names of the modules that people use; what they hold comes with them."""
    found = [module.name for module in pkgutil.iter_modules(attlas.__path__)]
    # What protoc alone wrote is no reading, and what the package lists comes with the package.
    left_out = {"access", *attlas.__all__}
    names = [name for name in found if not name.startswith("_") and name not in left_out]
    return ["attlas", *(f"attlas.{name}" for name in names)]


def write(folder: Path) -> None:
    """Writes a page for each public module."""
    pdoc.render.configure(docformat="google", show_source=False)
    pdoc.pdoc(*public_modules(), output_directory=folder)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
