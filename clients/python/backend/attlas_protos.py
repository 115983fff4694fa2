"""Compiles the protos into the modules that protoc writes."""

from __future__ import annotations

from pathlib import Path

import grpc_tools
from google.protobuf import descriptor_pb2
from grpc_tools import protoc


def compile_protos(protos: Path, package: Path) -> descriptor_pb2.FileDescriptorSet:
    """Writes `*_pb2.py`, `*_pb2.pyi` and `*_pb2_grpc.py` of all protos below a folder.

    Returns:
        Their descriptors with comments, in an order in which imports come first.
    """
    files = sorted(str(path.relative_to(protos)) for path in protos.rglob("*.proto"))
    described = package / "descriptors"
    arguments = [
        "protoc",
        f"-I{protos}",
        f"-I{Path(grpc_tools.__file__).parent / '_proto'}",
        "--include_source_info",
        f"--descriptor_set_out={described}",
        f"--python_out={package}",
        f"--pyi_out={package}",
        f"--grpc_python_out={package}",
        *files,
    ]
    if protoc.main(arguments) != 0:
        raise RuntimeError("protoc refused the protos; its message is above")
    descriptors = descriptor_pb2.FileDescriptorSet.FromString(described.read_bytes())
    described.unlink()
    for folder in {path.parent for path in package.rglob("*_pb2.py")}:
        (folder / "__init__.py").write_text('"""What protoc wrote."""\n')
    # Of files without a service nothing is left but an empty module.
    for stub in package.rglob("*_pb2_grpc.py"):
        if "Stub(object)" not in stub.read_text():
            stub.unlink()
    return descriptors
