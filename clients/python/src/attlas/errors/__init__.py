"""What a call may end with other than an answer.

Each status of gRPC has a class of its own, below `Error`. What the service says beside the code is
in the fields: the reason, which of them are at fault, what is missing, when to ask again.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import grpc
from google.rpc import error_details_pb2, status_pb2

from attlas.errors.messages import ErrorReason

__all__ = [
    "Aborted",
    "AlreadyExists",
    "Cancelled",
    "DataLoss",
    "DeadlineExceeded",
    "Error",
    "ErrorReason",
    "FailedPrecondition",
    "FieldViolation",
    "Internal",
    "InvalidArgument",
    "NotFound",
    "OutOfRange",
    "PermissionDenied",
    "Precondition",
    "Resource",
    "ResourceExhausted",
    "Unauthenticated",
    "Unavailable",
    "Unimplemented",
]


@dataclasses.dataclass(frozen=True)
class FieldViolation:
    """A field of the request that is at fault."""

    field: str
    """Its path, as `mutations[3].edge.valid_to`."""
    description: str
    """What is wrong, and how to mend it."""


@dataclasses.dataclass(frozen=True)
class Resource:
    """A thing that is missing, or there already."""

    type: str
    """Its type."""
    name: str
    """Its name, as `instruments/atx`."""
    description: str
    """What is known of it, such as names that are near."""


@dataclasses.dataclass(frozen=True)
class Precondition:
    """What had to be true and is not."""

    type: str
    """Its kind."""
    subject: str
    """The name of what it is about."""
    description: str
    """What is not as it had to be."""


@dataclasses.dataclass(frozen=True)
class _Details:
    reason: ErrorReason = ErrorReason.UNSPECIFIED
    metadata: Mapping[str, str] = dataclasses.field(default_factory=dict)
    violations: Sequence[FieldViolation] = ()
    resource: Resource | None = None
    preconditions: Sequence[Precondition] = ()
    retry_after: datetime.timedelta | None = None


class Error(Exception):
    """A call that got no answer. Its classes are by code; this one stands for all others."""

    code: ClassVar[grpc.StatusCode] = grpc.StatusCode.UNKNOWN
    """The code of the class."""

    def __init__(self, message: str, details: _Details | None = None) -> None:
        """Keeps what the service said."""
        super().__init__(message)
        known = details or _Details()
        self.message = message
        """What happened, for people."""
        self.reason = known.reason
        """Why, for programs; `ErrorReason.UNSPECIFIED` where no service said it."""
        self.metadata = known.metadata
        """All that varies in the message; which keys, the documentation of the reason says."""
        self.violations = known.violations
        """The fields of the request that are at fault."""
        self.resource = known.resource
        """What is missing, or there already."""
        self.preconditions = known.preconditions
        """What had to be true and is not."""
        self.retry_after = known.retry_after
        """How long to wait before asking again, where the service said it."""


class Cancelled(Error):
    """The caller ended the call."""

    code = grpc.StatusCode.CANCELLED


class InvalidArgument(Error):
    """The request is at fault; `violations` says where."""

    code = grpc.StatusCode.INVALID_ARGUMENT


class DeadlineExceeded(Error):
    """The answer did not come in time. A write may have been done, or may not."""

    code = grpc.StatusCode.DEADLINE_EXCEEDED


class NotFound(Error):
    """There is no such thing for this caller; `resource` says which."""

    code = grpc.StatusCode.NOT_FOUND


class AlreadyExists(Error):
    """There is such a thing already; `resource` says which."""

    code = grpc.StatusCode.ALREADY_EXISTS


class PermissionDenied(Error):
    """The caller may not do this."""

    code = grpc.StatusCode.PERMISSION_DENIED


class ResourceExhausted(Error):
    """Too much was asked at once; `retry_after` says when to ask again."""

    code = grpc.StatusCode.RESOURCE_EXHAUSTED


class FailedPrecondition(Error):
    """Something stands in the way that another call must change first."""

    code = grpc.StatusCode.FAILED_PRECONDITION


class Aborted(Error):
    """Someone else was faster; read again and decide anew. `preconditions` says what changed."""

    code = grpc.StatusCode.ABORTED


class OutOfRange(Error):
    """There is no such revision, or no longer."""

    code = grpc.StatusCode.OUT_OF_RANGE


class Unimplemented(Error):
    """The daemon does not host this service or method."""

    code = grpc.StatusCode.UNIMPLEMENTED


class Internal(Error):
    """A defect of the service; `metadata` holds the id of the request in its log."""

    code = grpc.StatusCode.INTERNAL


class Unavailable(Error):
    """No daemon answers, also not when asked again."""

    code = grpc.StatusCode.UNAVAILABLE


class DataLoss(Error):
    """What is on disk is broken."""

    code = grpc.StatusCode.DATA_LOSS


class Unauthenticated(Error):
    """The caller did not prove who it is."""

    code = grpc.StatusCode.UNAUTHENTICATED


_BY_CODE = {kind.code: kind for kind in Error.__subclasses__()}
_BY_REASON = {reason.name: reason for reason in ErrorReason}
_TRAILER = "grpc-status-details-bin"


def from_rpc(error: Any, *, ended_here: bool) -> Error:
    """Returns the error that gRPC's own stands for; `ended_here`: the caller ended the call."""
    trailers = {key: value for key, value in error.trailing_metadata() or ()}  # noqa: C416
    kind = _BY_CODE.get(error.code(), Error)
    if kind is Cancelled and not ended_here:
        # It reached a daemon that had begun to stop.
        kind = Unavailable
    return kind(error.details() or error.code().name, _read_details(trailers.get(_TRAILER, b"")))


def _read_details(trailer: bytes) -> _Details:
    status = status_pb2.Status.FromString(trailer)
    known: dict[str, Any] = {}
    for packed in status.details:
        name = packed.TypeName().removeprefix("google.rpc.")
        if name not in _DETAILS:
            continue
        detail = getattr(error_details_pb2, name)()
        packed.Unpack(detail)
        known.update(_DETAILS[name](detail))
    return _Details(**known)


def _error_info(detail: Any) -> dict[str, Any]:
    reason = _BY_REASON.get(detail.reason, ErrorReason.UNSPECIFIED)
    return {"reason": reason, "metadata": dict(detail.metadata)}


def _bad_request(detail: Any) -> dict[str, Any]:
    found = tuple(FieldViolation(v.field, v.description) for v in detail.field_violations)
    return {"violations": found}


def _resource_info(detail: Any) -> dict[str, Any]:
    found = Resource(detail.resource_type, detail.resource_name, detail.description)
    return {"resource": found}


def _precondition_failure(detail: Any) -> dict[str, Any]:
    found = tuple(Precondition(v.type, v.subject, v.description) for v in detail.violations)
    return {"preconditions": found}


def _retry_info(detail: Any) -> dict[str, Any]:
    return {"retry_after": detail.retry_delay.ToTimedelta()}


_DETAILS = {
    "ErrorInfo": _error_info,
    "BadRequest": _bad_request,
    "ResourceInfo": _resource_info,
    "PreconditionFailure": _precondition_failure,
    "RetryInfo": _retry_info,
}
