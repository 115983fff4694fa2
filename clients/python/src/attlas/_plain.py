"""Messages as plain Python."""

from __future__ import annotations

import dataclasses
import datetime
import enum
from collections.abc import Mapping
from typing import Any

from attlas.dates import Date


def plain(value: Any) -> Any:
    """Returns dictionaries, lists, texts and numbers for a message and all that it holds."""
    match value:
        case enum.Enum():
            return value.name
        case Date():
            return str(value)
        case datetime.datetime():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case _ if dataclasses.is_dataclass(value):
            names = (field.name for field in dataclasses.fields(value))
            return {name: plain(getattr(value, name)) for name in names}
        case _:
            return value
