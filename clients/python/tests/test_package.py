"""What is installed: it builds outside of the checkout, is documented, and retries rightly."""

from __future__ import annotations

import ast
import importlib
import importlib.resources
import inspect
import json
import pkgutil
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from attlas.synergy.service import SynergyService
from daemon import ROOT
from test_services import rpcs

import attlas

SOURCE = ROOT / "clients/python"


def public_modules() -> list[ModuleType]:
    names = [
        found.name
        for found in pkgutil.walk_packages(attlas.__path__, "attlas.")
        if ".v1" not in found.name and not re.search(r"\._|\.access", found.name)
    ]
    return [attlas, *map(importlib.import_module, names)]


def test_builds_outside_of_the_checkout(tmp_path: Path) -> None:
    copy = tmp_path / "checkout/clients/python"
    ignored = shutil.ignore_patterns("build", "proto", "*.egg-info", "__pycache__", "tests")
    shutil.copytree(SOURCE, copy, ignore=ignored)
    shutil.copytree(ROOT / "proto", tmp_path / "checkout/proto")
    build(copy, "--sdist", tmp_path)
    (packed,) = tmp_path.glob("attlas-*.tar.gz")
    # Debian's Python 3.11 cannot be told how to unpack, and what is newer wants to be.
    subprocess.run(
        [sys.executable, "-m", "tarfile", "--extract", packed, tmp_path / "alone"], check=True
    )
    (alone,) = (tmp_path / "alone").iterdir()
    assert (alone / "proto/attlas/graph/v1/graph_service.proto").is_file()
    assert not (alone / "proto/attlas/storage").exists()
    build(alone, "--wheel", tmp_path)
    (wheel,) = tmp_path.glob("attlas-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "attlas/py.typed",
        "attlas/service_config.json",
        "attlas/graph/v1/graph_service_pb2.py",
        "attlas/graph/v1/graph_service_pb2.pyi",
        "attlas/graph/v1/graph_service_pb2_grpc.py",
        "attlas/graph/messages.py",
        "attlas/synergy/service.py",
        "attlas/synergy/aio.py",
    } <= names


def build(folder: Path, kind: str, target: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", kind, "--outdir", target, folder],
        check=True,
        capture_output=True,
    )


@pytest.mark.parametrize("module", public_modules(), ids=lambda module: module.__name__)
def test_everything_public_is_documented(module: ModuleType) -> None:
    assert module.__doc__
    for name in getattr(module, "__all__", [n for n in vars(module) if not n.startswith("_")]):
        thing = getattr(module, name)
        if not inspect.isclass(thing) and not inspect.isfunction(thing):
            continue
        if thing.__module__ != module.__name__:
            continue
        assert inspect.getdoc(thing), f"{module.__name__}.{name}"
        for member, function in inspect.getmembers(thing, inspect.isfunction):
            if not member.startswith("_"):
                assert inspect.getdoc(function), f"{name}.{member}"


def test_documentation_is_written(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", str(SOURCE / "docs.py"), str(tmp_path)]
    subprocess.run(command, check=True)
    assert (tmp_path / "attlas.html").is_file()
    page = (tmp_path / "attlas/synergy/service.html").read_text()
    assert "The instrument to link to." in page
    assert not (tmp_path / "attlas/graph/v1").exists()


def test_questions_say_what_their_fields_are() -> None:
    text = inspect.getdoc(SynergyService.find_synergies) or ""
    assert text.startswith("Returns, for each obligation theme of the target,")
    assert "Args:" in text
    assert re.search(r"^ +target: The instrument to link to\.$", text, re.MULTILINE)


def test_the_ten_lines_of_the_readme_are_python() -> None:
    readme = (SOURCE / "README.md").read_text()
    for block in re.findall(r"```python\n(.*?)```", readme, re.DOTALL):
        ast.parse(block)


def effective(config: Any, service: str, method: str) -> dict[str, Any]:
    """The entry of a service config for a method: its own, or else that of its service."""
    exact = {"service": service, "method": method}
    for name in (exact, {"service": service}):
        for entry in config["methodConfig"]:
            if name in entry["name"]:
                found: dict[str, Any] = entry
                return found
    return {}


def test_what_may_be_repeated_is_retried_and_nothing_else() -> None:
    config = json.loads(
        importlib.resources.files("attlas").joinpath("service_config.json").read_text()
    )
    for method in rpcs().values():
        options = method.GetOptions()
        repeatable = (
            options.idempotency_level != options.IDEMPOTENCY_UNKNOWN
            or "request_id" in method.input_type.fields_by_name
        )
        entry = effective(config, method.containing_service.full_name, method.name)
        assert ("retryPolicy" in entry) == repeatable, method.full_name
        if repeatable:
            assert entry["retryPolicy"]["retryableStatusCodes"] == ["UNAVAILABLE", "CANCELLED"]
