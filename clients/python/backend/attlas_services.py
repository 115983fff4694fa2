"""Writes the module of a service: a method for each RPC, with the fields of its request."""

from __future__ import annotations

import dataclasses
import re

from attlas_schema import Field, MessageType, Method, Schema, Service
from attlas_text import docstring, entry


@dataclasses.dataclass(frozen=True)
class Flavour:
    """One of the two ways to call."""

    module: str
    base: str
    define: str  # Before `def`.
    wait: str  # Before a call that answers once.
    each: str  # Before `for`.
    pages: str  # What a listing returns.
    stream: str
    cancellation: bool  # Whether calls take one; tasks can be cancelled without.


SYNC = Flavour("service", "Service", "", "", "", "Iterator", "Stream", cancellation=True)
ASYNC = Flavour(
    "aio",
    "AsyncService",
    "async ",
    "await ",
    "async ",
    "AsyncIterator",
    "AsyncStream",
    cancellation=False,
)

# What a page is a page of, where an answer has several lists; None where it is of two of them.
_PAGED = {
    "GetChangesResponse": None,
    "GetReportingStatusResponse": "reports",
    "FindBridgesResponse": "bridges",
    "FindDuplicationResponse": "overlaps",
    "ListConcernsResponse": "concerns",
    "ListEngagementsResponse": "engagements",
    "GetExposureResponse": "importers",
    "GetReachResponse": "places",
}
# Lists that every answer has.
_BESIDE = frozenset({"statements", "sources", "reached_bounds"})

_TIMEOUT = (
    "How many seconds the answer may take; where it is left out, as `connect` was told. "
    "`math.inf` for no limit."
)
_STREAM_TIMEOUT = "How many seconds the whole may take; no limit where it is left out."
_CANCELLATION = "Ends the call when it is cancelled."


def service_module(schema: Schema, package: str, flavour: Flavour) -> str:
    """Returns the text of `attlas/<package>/service.py` or of its sister `aio.py`."""
    (service,) = schema.services_of(package)
    name = service.name if flavour is SYNC else f"Async{service.name}"
    writer = _Writer(schema, flavour)
    methods = "\n".join(map(writer.method, service.methods))
    constants = "\n".join(writer.constant(service, method) for method in service.methods)
    used = sorted(set(re.findall(r"(?<![\w.])_([a-z]+)\.[A-Z]", constants + methods)))
    calls = "_calls" if flavour is SYNC else "_aio"
    imports = [
        "from __future__ import annotations\n",
        f"from collections.abc import {flavour.pages}, Iterable, Sequence\n",
        f"from attlas.{calls} import {flavour.base}, {flavour.stream}",
        "from attlas._method import Method",
        "from attlas.cancellation import Cancellation",
        "from attlas.dates import DateLike",
        *(f"from attlas.{other} import messages as _{other}" for other in used),
    ]
    head = f'"""The questions of {service.full_name}."""\n\n'
    shown = docstring(service.comment, "    ")
    return (
        head
        + "\n".join(imports)
        + f'\n\n__all__ = ["{name}"]\n\n{constants}\n\n\n'
        + f"class {name}({flavour.base}):\n{shown}\n{methods}"
    )


class _Writer:
    """Writes the methods of one service in one flavour."""

    def __init__(self, schema: Schema, flavour: Flavour) -> None:
        self._schema = schema
        self._flavour = flavour

    def constant(self, service: Service, method: Method) -> str:
        """Returns the line that describes an RPC to the code that calls it."""
        types = f"{self._class_of(method.request)}, {self._class_of(method.response)}"
        return f'{_constant(method)} = Method("/{service.full_name}/{method.name}", {types})'

    def method(self, method: Method) -> str:
        """Returns the method, or the methods, of an RPC."""
        if method.client_streaming:
            return self._upload(method)
        fields = self._schema.messages[method.request].fields
        answer = self._class_of(method.response)
        if method.server_streaming:
            return self._call(
                method,
                method.attribute,
                method.comment,
                fields,
                f"{self._flavour.stream}[{answer}]",
                "_stream",
                once=False,
            )
        text = self._call(
            method, method.attribute, method.comment, fields, answer, "_unary", once=True
        )
        if any(field.name == "page_token" for field in fields):
            text += self._paged(method, [each for each in fields if each.name != "page_token"])
        return text

    def _paged(self, method: Method, fields: list[Field]) -> str:
        base, pages = method.attribute, self._flavour.pages
        about = f"Goes through the pages of `{base}`, all of one revision, each asked for when due."
        listed = f"{pages}[{self._class_of(method.response)}]"
        text = "\n" + self._call(
            method, f"{base}_pages", about, fields, listed, "_pages", once=False, limit=_TIMEOUT
        )
        item = _paged_field(self._schema.messages[method.response])
        if item is None:
            return text
        about = f"Goes through `{item.name}` of `{base}`, page after page."
        text += "\n" + self._head(
            f"{base}_items", about, fields, f"{pages}[{item.item}]", self._flavour.define, _TIMEOUT
        )
        given = [f"{f.attribute}={f.attribute}" for f in _ordered(fields)] + ["timeout=timeout"]
        if self._flavour.cancellation:
            given.append("cancellation=cancellation")
        listed = "".join(f"            {each},\n" for each in given)
        return (
            f"{text}        {self._flavour.each}for page in self.{base}_pages(\n{listed}"
            f"        ):\n            for item in page.{item.attribute}:\n"
            "                yield item\n"
        )

    def _call(
        self,
        method: Method,
        name: str,
        about: str,
        fields: list[Field],
        answer: str,
        call: str,
        *,
        once: bool,
        limit: str = "",
    ) -> str:
        define, wait = (self._flavour.define, self._flavour.wait) if once else ("", "")
        limit = limit or (_TIMEOUT if once else _STREAM_TIMEOUT)
        text = self._head(name, about, fields, answer, define, limit)
        text += f"        request = {self._class_of(method.request)}(\n"
        text += "".join(f"            {f.attribute}={_given(f)},\n" for f in fields) + "        )\n"
        rest = "timeout, cancellation" if self._flavour.cancellation else "timeout"
        return text + f"        return {wait}self.{call}({_constant(method)}, request, {rest})\n"

    def _head(
        self, name: str, about: str, fields: list[Field], answer: str, define: str, limit: str
    ) -> str:
        arguments = "".join(_argument(field) for field in _ordered(fields))
        told = [entry(field.attribute, _told(field)) for field in _ordered(fields)]
        return (
            f"    {define}def {name}(\n        self,\n        *,\n{arguments}"
            f"{self._common_arguments()}    ) -> {answer}:\n{self._docstring(about, told, limit)}"
        )

    def _upload(self, method: Method) -> str:
        rest = "timeout, cancellation" if self._flavour.cancellation else "timeout"
        told = [entry("requests", "The messages to send, in order.")]
        return (
            f"    {self._flavour.define}def {method.attribute}(\n        self,\n"
            f"        requests: Iterable[{self._class_of(method.request)}],\n        *,\n"
            f"{self._common_arguments()}    ) -> {self._class_of(method.response)}:\n"
            f"{self._docstring(method.comment, told, _STREAM_TIMEOUT)}"
            f"        return {self._flavour.wait}self._upload("
            f"{_constant(method)}, requests, {rest})\n"
        )

    def _common_arguments(self) -> str:
        text = "        timeout: float | None = None,\n"
        if self._flavour.cancellation:
            text += "        cancellation: Cancellation | None = None,\n"
        return text

    def _docstring(self, about: str, told: list[str], limit: str) -> str:
        lines = [about, "", "Args:", *told, entry("timeout", limit)]
        if self._flavour.cancellation:
            lines.append(entry("cancellation", _CANCELLATION))
        return docstring("\n".join(lines), "        ")

    def _class_of(self, full_name: str) -> str:
        return self._schema.class_of(full_name)


def _constant(method: Method) -> str:
    return f"_{method.attribute.strip('_').upper()}"


def _paged_field(response: MessageType) -> Field | None:
    lists = [field for field in response.fields if field.item and field.name not in _BESIDE]
    if response.class_name in _PAGED:
        chosen = _PAGED[response.class_name]
        return next((field for field in lists if field.name == chosen), None)
    return lists[0] if len(lists) == 1 else None


def _ordered(fields: list[Field]) -> list[Field]:
    # What must be said comes first, and how to read comes after what is asked.
    return sorted(fields, key=lambda field: (not field.required, field.name == "read"))


def _argument(field: Field) -> str:
    if field.required:
        return f"        {field.attribute}: {field.argument_type.removesuffix(' | None')},\n"
    return f"        {field.attribute}: {field.argument_type} = {field.argument_default},\n"


def _told(field: Field) -> str:
    return field.comment.removeprefix("REQUIRED.").strip()


def _given(field: Field) -> str:
    if "DateLike" not in field.argument_type:
        return field.attribute
    many = field.argument_type.startswith("Sequence")
    return f"self._{'dates' if many else 'date'}({field.attribute})"
