"""Writes, for each package of the protos, its messages as dataclasses and its service as a class.

What the comments of the protos say becomes the docstrings.
"""

from __future__ import annotations

from pathlib import Path

from attlas_messages import messages_module
from attlas_schema import Schema
from attlas_services import ASYNC, SYNC, service_module
from google.protobuf import descriptor_pb2

# Options of methods for the daemon, which clients have no use for.
_LEFT_OUT = ("access",)


def write_wrappers(descriptors: descriptor_pb2.FileDescriptorSet, package: Path) -> None:
    """Writes `<name>/messages.py`, `service.py` and `aio.py` for each `attlas.<name>.v1`."""
    schema = Schema(descriptors)
    for name in schema.packages:
        if name in _LEFT_OUT:
            continue
        folder = package / name
        folder.mkdir(exist_ok=True)
        (folder / "messages.py").write_text(messages_module(schema, name))
        modules = ["messages"]
        if schema.services_of(name):
            for flavour in (SYNC, ASYNC):
                text = service_module(schema, name, flavour)
                (folder / f"{flavour.module}.py").write_text(text)
                modules.append(flavour.module)
        written = folder / "__init__.py"
        if not written.exists():
            head = f'"""What attlas.{name}.v1 speaks of."""\n\n'
            listed = ", ".join(f'"{module}"' for module in modules)
            written.write_text(
                f"{head}from attlas.{name}.messages import *\n\n__all__ = [{listed}]\n"
            )
