"""How the daemon is reached: the address, TLS, and the options of the channel."""

from __future__ import annotations

import dataclasses
import importlib.resources
import os
from pathlib import Path
from typing import Any, Self

import grpc

from attlas._tokens import Token

_DEFAULT_ADDRESS = "127.0.0.1:50151"
_LOCAL_HOSTS = ("localhost", "127.", "[::1]", "::1")

Pem = bytes | str | Path
"""A PEM: its bytes, or the path of its file."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Tls:
    """What TLS needs beyond the authorities that this machine trusts already."""

    authorities: Pem | None = None
    """The authorities that vouch for the daemon; those of gRPC where there is none."""
    certificate: Pem | None = None
    """The client's own certificate, where the daemon knows callers by theirs."""
    key: Pem | None = None
    """The key of that certificate."""
    server_name: str = ""
    """The name in the daemon's certificate, where it is not that of the address."""


@dataclasses.dataclass(frozen=True)
class Endpoint:
    """Where a channel goes, and how."""

    address: str
    credentials: grpc.ChannelCredentials | None
    """None for a channel without TLS."""
    options: list[tuple[str, Any]]

    @classmethod
    def of(cls, address: str | None, token: Token | None, tls: Tls | bool) -> Self:
        """Returns the endpoint of what `attlas.connect` was given; refuses to show a token."""
        chosen = address_of(address)
        if token is not None and tls is False and not is_local(chosen):
            raise ValueError(
                f"a token goes to {chosen} only over TLS; say tls=True or tls=Tls(...)"
            )
        return cls(chosen, credentials_of(tls), options_of(chosen, tls))


def address_of(address: str | None) -> str:
    """Returns the address to connect to."""
    return address or os.environ.get("ATTLAS_ADDRESS") or _DEFAULT_ADDRESS


def is_local(address: str) -> bool:
    """Whether what is sent to the address stays on this machine."""
    plain = address.removeprefix("dns:").removeprefix("ipv4:").removeprefix("ipv6:").lstrip("/")
    return address.startswith("unix:") or plain.startswith(_LOCAL_HOSTS)


def credentials_of(tls: Tls | bool) -> grpc.ChannelCredentials | None:
    """Returns the credentials of the channel; None for one without TLS."""
    if tls is False:
        return None
    given = Tls() if tls is True else tls
    return grpc.ssl_channel_credentials(
        root_certificates=_bytes_of(given.authorities),
        private_key=_bytes_of(given.key),
        certificate_chain=_bytes_of(given.certificate),
    )


def options_of(address: str, tls: Tls | bool) -> list[tuple[str, Any]]:
    """Returns the options of the channel."""
    published = importlib.resources.files("attlas").joinpath("service_config.json").read_text()
    options: list[tuple[str, Any]] = [
        # Which calls are tried again, and when: the same for all clients.
        ("grpc.service_config", published),
        # Answers are bounded by the service's own limits, exports by their batches.
        ("grpc.max_receive_message_length", -1),
        # Error details travel in headers.
        ("grpc.max_metadata_size", 64 << 10),
        # A daemon that starts again is found soon.
        ("grpc.initial_reconnect_backoff_ms", 100),
        ("grpc.min_reconnect_backoff_ms", 100),
        ("grpc.max_reconnect_backoff_ms", 5_000),
        ("grpc.primary_user_agent", "attlas-python"),
    ]
    if is_local(address):
        # A proxy of the environment has no business between this machine and its daemon.
        options.append(("grpc.enable_http_proxy", 0))
    if isinstance(tls, Tls) and tls.server_name:
        options.append(("grpc.ssl_target_name_override", tls.server_name))
    return options


def _bytes_of(pem: Pem | None) -> bytes | None:
    if pem is None or isinstance(pem, bytes):
        return pem
    return Path(pem).read_bytes()
