"""The protos as the writers of modules look at them."""

from __future__ import annotations

import dataclasses
import keyword
import re
from collections.abc import Iterator

from google.protobuf import descriptor_pb2

FieldProto = descriptor_pb2.FieldDescriptorProto

# Messages that have a form of their own in Python, by name: the type in an answer, and what a
# question takes.
FORMS = {
    ".attlas.graph.v1.Date": ("Date", "DateLike"),
    ".attlas.graph.v1.Value": ("Scalar", "Scalar"),
    ".google.protobuf.Timestamp": ("datetime.datetime", "datetime.datetime"),
}
PROPERTY = ".attlas.graph.v1.Property"
# Which the forms above stand for.
UNWRITTEN = frozenset(
    name.removeprefix(".") for name in (*FORMS, PROPERTY, ".attlas.graph.v1.TextList")
)

_PLAIN = {
    FieldProto.TYPE_STRING: ("str", '""'),
    FieldProto.TYPE_BYTES: ("bytes", 'b""'),
    FieldProto.TYPE_BOOL: ("bool", "False"),
    FieldProto.TYPE_DOUBLE: ("float", "0.0"),
    FieldProto.TYPE_FLOAT: ("float", "0.0"),
}
_WHOLE = ("int", "0")


@dataclasses.dataclass(frozen=True)
class EnumType:
    """An enumeration."""

    full_name: str
    class_name: str
    comment: str
    values: list[tuple[str, int, str]]  # Name without the prefix, number, comment.


@dataclasses.dataclass(frozen=True)
class Field:
    """A field of a message."""

    name: str
    comment: str
    type: str  # In an answer.
    default: str
    argument_type: str  # In a question.
    argument_default: str
    item: str  # Of a repeated message: the type of one; otherwise empty.

    @property
    def attribute(self) -> str:
        """Its name in Python."""
        return f"{self.name}_" if keyword.iskeyword(self.name) else self.name

    @property
    def required(self) -> bool:
        """Whether a question needs it."""
        return self.comment.startswith("REQUIRED.")


@dataclasses.dataclass(frozen=True)
class MessageType:
    """A message."""

    full_name: str
    class_name: str
    module: str  # Of protoc, as `node_pb2`.
    path: str  # Within that module, as `StatusChange.StateChange`.
    comment: str
    fields: list[Field]


@dataclasses.dataclass(frozen=True)
class Method:
    """An RPC."""

    name: str
    comment: str
    request: str  # Full names.
    response: str
    client_streaming: bool
    server_streaming: bool

    @property
    def attribute(self) -> str:
        """Its name in Python."""
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", self.name).lower()
        return f"{name}_" if keyword.iskeyword(name) else name


@dataclasses.dataclass(frozen=True)
class Service:
    """A service."""

    full_name: str
    name: str
    comment: str
    methods: list[Method]


class Schema:
    """All messages, enumerations and services, by package: `graph` for `attlas.graph.v1`."""

    def __init__(self, descriptors: descriptor_pb2.FileDescriptorSet) -> None:
        """Reads the descriptors."""
        self._files = [file for file in descriptors.file if file.package.startswith("attlas.")]
        self.messages: dict[str, MessageType] = {}
        self.enums: dict[str, EnumType] = {}
        self._zeros: dict[str, str] = {}
        self._services: dict[str, list[Service]] = {}
        self._modules: dict[str, set[str]] = {}
        for file in self._files:
            self._read_enums(file)
        for file in self._files:
            self._read_messages(file)
            self._read_services(file)

    @property
    def packages(self) -> list[str]:
        """The names of the packages."""
        return sorted({_package(file.package + ".") for file in self._files})

    def messages_of(self, package: str) -> list[MessageType]:
        """The messages of a package that are written."""
        prefix = f"attlas.{package}.v1."
        return [
            each
            for name, each in self.messages.items()
            if name.startswith(prefix) and name not in UNWRITTEN
        ]

    def enums_of(self, package: str) -> list[EnumType]:
        """The enumerations of a package."""
        prefix = f"attlas.{package}.v1."
        return [each for name, each in self.enums.items() if name.startswith(prefix)]

    def services_of(self, package: str) -> list[Service]:
        """The services of a package."""
        return self._services.get(package, [])

    def class_of(self, full_name: str) -> str:
        """How modules that are written call a message or an enumeration, as `_graph.Node`."""
        name = full_name.removeprefix(".")
        known = self.messages.get(name) or self.enums[name]
        return f"_{_package(name)}.{known.class_name}"

    def _read_enums(self, file: descriptor_pb2.FileDescriptorProto) -> None:
        comments = _comments(file)
        for index, enum in enumerate(file.enum_type):
            self._add_enum(file.package, "", enum, comments, (5, index))
        for index, message in enumerate(file.message_type):
            for at, enum in enumerate(message.enum_type):
                self._add_enum(file.package, message.name, enum, comments, (4, index, 4, at))

    def _add_enum(
        self,
        package: str,
        owner: str,
        enum: descriptor_pb2.EnumDescriptorProto,
        comments: dict[tuple[int, ...], str],
        path: tuple[int, ...],
    ) -> None:
        full_name = ".".join(part for part in (package, owner, enum.name) if part)
        prefix = re.sub(r"(?<!^)(?=[A-Z])", "_", enum.name).upper() + "_"
        values = [
            (value.name.removeprefix(prefix), value.number, comments.get((*path, 2, at), ""))
            for at, value in enumerate(enum.value)
        ]
        values = [(_identifier(name), number, comment) for name, number, comment in values]
        self.enums[full_name] = EnumType(
            full_name, owner + enum.name, comments.get(path, ""), values
        )
        self._zeros["." + full_name] = values[0][0]

    def _read_messages(self, file: descriptor_pb2.FileDescriptorProto) -> None:
        comments = _comments(file)
        module = file.name.rsplit("/", 1)[-1].removesuffix(".proto") + "_pb2"
        for message, path, at in _walk(file.message_type, (), (4,)):
            if message.options.map_entry:
                raise ValueError(f"{file.name}: maps have no form in the Python client yet")
            full_name = f"{file.package}.{'.'.join(path)}"
            fields = [
                self._field(field, comments.get((*at, 2, index), ""))
                for index, field in enumerate(message.field)
            ]
            self.messages[full_name] = MessageType(
                full_name, "".join(path), module, ".".join(path), comments.get(at, ""), fields
            )

    def _read_services(self, file: descriptor_pb2.FileDescriptorProto) -> None:
        comments = _comments(file)
        for index, service in enumerate(file.service):
            methods = [
                Method(
                    method.name,
                    comments.get((6, index, 2, at), ""),
                    method.input_type.removeprefix("."),
                    method.output_type.removeprefix("."),
                    method.client_streaming,
                    method.server_streaming,
                )
                for at, method in enumerate(service.method)
            ]
            full_name = f"{file.package}.{service.name}"
            self._services.setdefault(_package(full_name), []).append(
                Service(full_name, service.name, comments.get((6, index), ""), methods)
            )

    def _field(self, field: FieldProto, comment: str) -> Field:
        plain, zero = _PLAIN.get(field.type, _WHOLE)
        kind = argument = plain
        item = ""
        if field.type == FieldProto.TYPE_MESSAGE:
            kind, argument = FORMS.get(field.type_name) or (self._reference(field),) * 2
            item, zero = kind, "None"
        elif field.type == FieldProto.TYPE_ENUM:
            kind = argument = self._reference(field)
            zero = f"{kind}.{self._zeros[field.type_name]}"
        if field.label == FieldProto.LABEL_REPEATED:
            if field.type_name == PROPERTY:
                mapping = "Mapping[str, Scalar]"
                made = "dataclasses.field(default_factory=dict)"
                return Field(field.name, comment, mapping, made, mapping, "{}", "")
            return Field(
                field.name, comment, f"Sequence[{kind}]", "()", f"Sequence[{argument}]", "()", item
            )
        if zero == "None" or field.HasField("oneof_index"):
            kind, argument, zero = f"{kind} | None", f"{argument} | None", "None"
        return Field(field.name, comment, kind, zero, argument, zero, "")

    def _reference(self, field: FieldProto) -> str:
        # A message may come later in its file, or in a later one; its class is called by its path.
        package = _package(field.type_name.removeprefix("."))
        path = field.type_name.removeprefix(f".attlas.{package}.v1.")
        return f"_{package}.{path.replace('.', '')}"


def _package(full_name: str) -> str:
    return full_name.split(".")[1]


def _identifier(name: str) -> str:
    return f"_{name}" if name[0].isdigit() or keyword.iskeyword(name) else name


def _comments(file: descriptor_pb2.FileDescriptorProto) -> dict[tuple[int, ...], str]:
    return {
        tuple(place.path): place.leading_comments.strip()
        for place in file.source_code_info.location
        if place.leading_comments
    }


def _walk(
    messages: list[descriptor_pb2.DescriptorProto], path: tuple[str, ...], at: tuple[int, ...]
) -> Iterator[tuple[descriptor_pb2.DescriptorProto, tuple[str, ...], tuple[int, ...]]]:
    for index, message in enumerate(messages):
        here, place = (*path, message.name), (*at, index)
        yield message, here, place
        yield from _walk(message.nested_type, here, (*place, 3))
