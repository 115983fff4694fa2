"""Writes the module of a package's messages and enumerations."""

from __future__ import annotations

import re

from attlas_schema import EnumType, MessageType, Schema
from attlas_text import docstring


def messages_module(schema: Schema, package: str) -> str:
    """Returns the text of `attlas/<package>/messages.py`."""
    messages = schema.messages_of(package)
    enums = schema.enums_of(package)
    body = "\n\n".join([*map(_enum, enums), *map(_message, messages)])
    # A class does not name the module that it is in.
    body = body.replace(f"_{package}.", "")
    others = sorted(set(re.findall(r"(?<![\w.])_([a-z]+)\.[A-Z]", body)))
    modules = sorted({message.module for message in messages})
    names = sorted([each.class_name for each in [*enums, *messages]])
    imports = [
        "from __future__ import annotations\n",
        "import dataclasses",
        "import datetime",
        "from collections.abc import Mapping, Sequence\n",
        "from attlas._messages import Enum, Message, Scalar, enumeration, message",
        "from attlas.dates import Date",
        *(f"from attlas.{other} import messages as _{other}" for other in others),
        *(f"from attlas.{package}.v1 import {module} as _{module}" for module in modules),
    ]
    listed = "".join(f'    "{name}",\n' for name in names)
    return (
        f'"""What attlas.{package}.v1 speaks of."""\n\n'
        + "\n".join(imports)
        + f"\n\n__all__ = [\n{listed}]\n\n\n{body}"
    )


def _enum(enum: EnumType) -> str:
    lines = [f'@enumeration("{enum.full_name}")\nclass {enum.class_name}(Enum):\n']
    lines.append(docstring(enum.comment, "    ") + "\n")
    for name, number, comment in enum.values:
        lines.append(f"    {name} = {number}\n")
        if comment:
            lines.append(docstring(comment, "    "))
    return "".join(lines)


def _message(message: MessageType) -> str:
    lines = [
        f"@message(_{message.module}.{message.path})\n",
        "@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)\n",
        f"class {message.class_name}(Message):\n",
        docstring(message.comment, "    "),
    ]
    if message.fields:
        lines.append("\n")
    for field in message.fields:
        lines.append(f"    {field.attribute}: {field.type} = {field.default}\n")
        if field.comment:
            lines.append(docstring(field.comment, "    "))
    return "".join(lines)
