"""What an RPC is to the code that calls it."""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any, Generic, TypeVar, cast

from attlas._messages import Message, read, write

Asked = TypeVar("Asked", bound=Message)
Answer = TypeVar("Answer", bound=Message)


class Method(Generic[Asked, Answer]):
    """An RPC: where it is, and what goes in and out."""

    def __init__(self, path: str, asked: type[Asked], answer: type[Answer]) -> None:
        """Describes the RPC at `path`, as `/attlas.graph.v1.GraphService/GetNode`."""
        self.path = path
        self._answer = answer
        fields = {field.name for field in dataclasses.fields(cast("Any", asked))}
        self.reads = "read" in fields
        self.takes_request_id = "request_id" in fields

    def serialize(self, request: Asked) -> bytes:
        """Returns the bytes of a request."""
        return write(request).SerializeToString()

    def parse(self, received: bytes) -> Answer:
        """Returns the answer that the bytes hold."""
        kind = self._answer._protobuf
        return cast("Answer", read(kind.FromString(received)))

    def identified(self, request: Asked) -> Asked:
        """Gives a write an id where the caller gave none, so that a repeat is known as one."""
        if not self.takes_request_id or cast("Any", request).request_id:
            return request
        return cast(
            "Asked", dataclasses.replace(cast("Any", request), request_id=str(uuid.uuid4()))
        )


def revision_of(answer: Any) -> str:
    """Returns the revision that an answer names; empty for one that names none."""
    revision = getattr(answer, "revision", "") or getattr(answer, "through_revision", "")
    return cast("str", revision)
