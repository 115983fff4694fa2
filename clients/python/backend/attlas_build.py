"""Builds the package: setuptools, after the code has been generated from the protos.

The package is put together in build/package from src/ and from what is generated, so that src/
holds nothing but what people write.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from attlas_protos import compile_protos
from attlas_wrappers import write_wrappers
from setuptools import build_meta

_HERE = Path(__file__).resolve().parent.parent
_CHECKOUT_PROTOS = _HERE.parent.parent / "proto"
_PROTOS = _HERE / "proto"
_PACKAGE = _HERE / "build" / "package"


def stage() -> None:
    """Puts the package together in build/package."""
    if (_CHECKOUT_PROTOS / "attlas" / "graph").is_dir():
        # Within the checkout; a source distribution carries this copy.
        shutil.rmtree(_PROTOS, ignore_errors=True)
        shutil.copytree(
            _CHECKOUT_PROTOS / "attlas",
            _PROTOS / "attlas",
            ignore=shutil.ignore_patterns("storage", "policy"),
        )
    # What setuptools copied at the last build would otherwise be built again.
    shutil.rmtree(_HERE / "build", ignore_errors=True)
    shutil.copytree(_HERE / "src", _PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    descriptors = compile_protos(_PROTOS, _PACKAGE)
    write_wrappers(descriptors, _PACKAGE / "attlas")
    shutil.copy(_PROTOS / "attlas" / "service_config.json", _PACKAGE / "attlas")


def get_requires_for_build_wheel(config_settings: Any = None) -> list[str]:
    """Returns what a wheel needs beside what pyproject.toml names: nothing."""
    del config_settings
    return []


def get_requires_for_build_sdist(config_settings: Any = None) -> list[str]:
    """Returns what a source distribution needs beside what pyproject.toml names: nothing."""
    del config_settings
    return []


def prepare_metadata_for_build_wheel(directory: str, config_settings: Any = None) -> str:
    """Writes the metadata of the wheel, as PEP 517 asks."""
    stage()
    return build_meta.prepare_metadata_for_build_wheel(directory, config_settings)


def build_wheel(directory: str, config_settings: Any = None, metadata: str | None = None) -> str:
    """Builds the wheel, as PEP 517 asks."""
    stage()
    return build_meta.build_wheel(directory, config_settings, metadata)


def build_sdist(directory: str, config_settings: Any = None) -> str:
    """Builds the source distribution, with the protos, as PEP 517 asks."""
    stage()
    return build_meta.build_sdist(directory, config_settings)
