"""What the messages and enumerations of every service have in common.

A message is a frozen dataclass. It is read from and written to protobuf by the description that
protobuf itself holds of it; nothing here knows a message by name but those that have a form of
their own in Python: dates, instants, and values of properties.
"""

from __future__ import annotations

import datetime
import enum
import keyword
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, TypeAlias, TypeVar, cast

from google.protobuf import message as protobuf
from google.protobuf.descriptor import FieldDescriptor

from attlas._plain import plain
from attlas.dates import Date

Scalar: TypeAlias = str | int | float | bool | Date | tuple[str, ...]
"""The value of a property of a node or an edge."""

Reader = Callable[[Any], Any]
Writer = Callable[[Any, Any], None]

_classes: dict[str, type[Message]] = {}
_enums: dict[str, type[Enum]] = {}


class Enum(enum.IntEnum):
    """A choice. A value that is newer than this client is kept, as `UNKNOWN_<number>`."""

    @classmethod
    def _missing_(cls, value: object) -> Enum | None:
        if not isinstance(value, int):
            return None
        unknown = int.__new__(cls, value)
        unknown._name_ = f"UNKNOWN_{value}"
        unknown._value_ = value
        # One object for each number, whichever thread meets it first.
        return cast("Enum", cls._value2member_map_.setdefault(value, unknown))

    def __str__(self) -> str:
        """Writes it in words, as `binding same goods`."""
        return self.name.lower().replace("_", " ")


class Message:
    """A message of a service: a request, an answer, or a part of one."""

    __slots__ = ()
    _protobuf: ClassVar[type[protobuf.Message]]

    def to_dict(self) -> dict[str, Any]:
        """Returns it as plain Python: dictionaries, lists, texts and numbers.

        Dates become ISO texts and enumerations their names, so that `json.dumps` takes it.
        """
        return cast("dict[str, Any]", plain(self))


M = TypeVar("M", bound=Message)
E = TypeVar("E", bound=Enum)


def message(kind: type[protobuf.Message]) -> Callable[[type[M]], type[M]]:
    """Says of which protobuf message a dataclass is the form."""

    def bind(cls: type[M]) -> type[M]:
        cls._protobuf = kind
        _classes[kind.DESCRIPTOR.full_name] = cls
        return cls

    return bind


def enumeration(name: str) -> Callable[[type[E]], type[E]]:
    """Says of which protobuf enumeration a class is the form."""

    def bind(cls: type[E]) -> type[E]:
        _enums[name] = cls
        return cls

    return bind


def attribute_of(field: str) -> str:
    """Returns the name in Python of a field: `from` is a word of the language, so it is `from_`."""
    return f"{field}_" if keyword.iskeyword(field) else field


def read(received: protobuf.Message) -> Any:
    """Returns what stands in Python for a protobuf message."""
    return _reader_of(received.DESCRIPTOR)(received)


def write(value: Message) -> protobuf.Message:
    """Returns the protobuf message of a dataclass.

    Raises:
        TypeError: A field holds what does not fit into it; its name is in the message.
    """
    written = value._protobuf()
    _fill(written, value)
    return written


# Reading. What a type needs is found once.

_readers: dict[str, Reader] = {}


def _reader_of(descriptor: Any) -> Reader:
    name = descriptor.full_name
    if name not in _readers:
        _readers[name] = _FORMS[name][0] if name in _FORMS else _dataclass_reader(descriptor)
    return _readers[name]


def _dataclass_reader(descriptor: Any) -> Reader:
    cls = _classes[descriptor.full_name]
    parts = [(attribute_of(f.name), _field_reader(f)) for f in descriptor.fields]

    def read_message(received: Any) -> Message:
        return cls(**{attribute: part(received) for attribute, part in parts})

    return read_message


def _field_reader(field: FieldDescriptor) -> Reader:
    name = field.name
    if _holds_properties(field):
        return lambda received: {
            each.name: _read_value(each.value) for each in getattr(received, name)
        }
    convert = _item_reader(field)
    if field.is_repeated:
        if convert is None:
            return lambda received: tuple(getattr(received, name))
        return lambda received: tuple(map(convert, getattr(received, name)))
    if not field.has_presence:
        if convert is None:
            return lambda received: getattr(received, name)
        return lambda received: convert(getattr(received, name))
    known = convert or (lambda value: value)
    return lambda received: known(getattr(received, name)) if received.HasField(name) else None


def _item_reader(field: FieldDescriptor) -> Reader | None:
    if field.message_type is not None:
        # Looked up when the first comes: messages may hold themselves.
        described = field.message_type
        return lambda value: _reader_of(described)(value)
    if field.enum_type is not None:
        return _enums[field.enum_type.full_name]
    return None


def _holds_properties(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.full_name == _PROPERTY


# Writing.


def _fill(target: Any, value: Message) -> None:
    for field in target.DESCRIPTOR.fields:
        given = getattr(value, attribute_of(field.name))
        if given is None:
            continue
        try:
            _fill_field(target, field, given)
        except (TypeError, ValueError, AttributeError) as error:
            owner = type(value).__name__
            raise TypeError(f"{owner}.{attribute_of(field.name)}: {error}") from error


def _fill_field(target: Any, field: FieldDescriptor, given: Any) -> None:
    name = field.name
    if _holds_properties(field):
        _fill_properties(getattr(target, name), given)
    elif field.is_repeated:
        if isinstance(given, str) or not isinstance(given, Iterable):
            raise TypeError(f"takes a list, not {given!r}")
        repeated = getattr(target, name)
        if field.message_type is None:
            repeated.extend(given)
        else:
            for each in given:
                _fill_message(repeated.add(), each)
    elif field.message_type is not None:
        part = getattr(target, name)
        part.SetInParent()
        _fill_message(part, given)
    else:
        setattr(target, name, given)


def _fill_message(target: Any, given: Any) -> None:
    name = target.DESCRIPTOR.full_name
    if name in _FORMS:
        _FORMS[name][1](target, given)
    elif isinstance(given, Message) and given._protobuf.DESCRIPTOR.full_name == name:
        _fill(target, given)
    else:
        raise TypeError(f"takes a {_classes[name].__name__}, not {given!r}")


def _fill_properties(target: Any, given: Mapping[str, Scalar]) -> None:
    for name, value in sorted(given.items()):
        added = target.add(name=name)
        _fill_value(added.value, value)


# What has a form of its own in Python.

_PROPERTY = "attlas.graph.v1.Property"


def _read_date(received: Any) -> Date:
    return Date(received.year, received.month, received.day)


def _fill_date(target: Any, given: Any) -> None:
    date = Date.of(given)
    target.year, target.month, target.day = date.year, date.month, date.day


def _read_instant(received: Any) -> datetime.datetime:
    return cast("datetime.datetime", received.ToDatetime(tzinfo=datetime.UTC))


def _fill_instant(target: Any, given: Any) -> None:
    target.FromDatetime(given)


def _read_value(received: Any) -> Scalar | None:
    kind = received.WhichOneof("kind")
    if kind is None:
        return None
    if kind == "texts":
        return tuple(received.texts.values)
    if kind == "date":
        return _read_date(received.date)
    return cast("Scalar", getattr(received, kind))


def _fill_value(target: Any, given: Any) -> None:
    match given:
        case str():
            target.text = given
        case bool():
            target.boolean = given
        case int():
            target.integer = given
        case float():
            target.decimal = given
        case Date() | datetime.date():
            _fill_date(target.date, given)
        case list() | tuple():
            target.texts.SetInParent()
            target.texts.values.extend(given)
        case _:
            raise TypeError(f"{given!r} is no value of a property")


_FORMS: dict[str, tuple[Reader, Writer]] = {
    "attlas.graph.v1.Date": (_read_date, _fill_date),
    "attlas.graph.v1.Value": (_read_value, _fill_value),
    "google.protobuf.Timestamp": (_read_instant, _fill_instant),
}
