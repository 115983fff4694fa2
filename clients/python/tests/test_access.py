"""Who calls: tokens over TLS, certificates, and what each may do."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import jwt
import pytest
import trustme
from attlas.engagement.messages import Attribution, Space, SpaceMember
from attlas.graph.messages import Mutation, Node
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from daemon import PATIENCE, Daemon

import attlas
from attlas import errors
from attlas.errors import ErrorReason

ISSUER = "https://login.example"


class Guarded:
    """A daemon that asks callers who they are, and tokens for them."""

    def __init__(self, folder: Path, start: Callable[..., Daemon]) -> None:
        self._key = ed25519.Ed25519PrivateKey.generate()
        self._authority = trustme.CA()
        server = self._authority.issue_cert("localhost", "127.0.0.1")
        server.private_key_pem.write_to_path(folder / "server.key")
        for pem in server.cert_chain_pems:
            pem.write_to_path(folder / "server.pem", append=True)
        self._authority.cert_pem.write_to_path(folder / "ca.pem")
        public = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(self._key.public_key()))
        keys = {"keys": [{**public, "kid": "one", "use": "sig", "alg": "EdDSA"}]}
        (folder / "keys.json").write_text(json.dumps(keys))
        (folder / "policy.textproto").write_text(policy())
        self.authorities = folder / "ca.pem"
        self.daemon = start(
            *("--tls_cert", folder / "server.pem", "--tls_key", folder / "server.key"),
            *("--tls_client_ca", folder / "ca.pem", "--policy", folder / "policy.textproto"),
            listen="127.0.0.1:0",
        )

    def token(self, subject: str, *, seconds: int = 3600) -> str:
        now = datetime.datetime.now(datetime.UTC)
        claims = {
            "iss": ISSUER,
            "sub": subject,
            "aud": "attlas",
            "iat": now - datetime.timedelta(hours=2),
            "exp": now + datetime.timedelta(seconds=seconds),
        }
        return jwt.encode(claims, self._key, algorithm="EdDSA", headers={"kid": "one"})

    def connect(self, token: str | Callable[[], str] | None = None) -> attlas.Client:
        tls = attlas.Tls(authorities=self.authorities)
        return attlas.connect(self.daemon.address, token=token, tls=tls, timeout=PATIENCE)

    def certified(self, identity: str) -> attlas.Client:
        certificate, key = certificate_of(identity, self._authority)
        tls = attlas.Tls(
            authorities=self.authorities,
            certificate=certificate,
            key=key,
            server_name="localhost",
        )
        return attlas.connect(self.daemon.address, tls=tls, timeout=PATIENCE)


def certificate_of(identity: str, authority: trustme.CA) -> tuple[bytes, bytes]:
    """A certificate for a URI, and its key."""
    issuer = x509.load_pem_x509_certificate(authority.cert_pem.bytes())
    signer = serialization.load_pem_private_key(authority.private_key_pem.bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.UniformResourceIdentifier(identity)]), critical=True
        )
        .sign(signer, hashes.SHA256())
    )
    return (
        certificate.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )


def policy() -> str:
    def grant(identity: str, role: str, level: str) -> str:
        return (
            f"grants {{ identities {{ {identity} }} role: ROLE_{role} "
            f"clearance: TRAFFIC_LIGHT_{level} }}\n"
        )

    def subject(name: str) -> str:
        return f'token {{ issuer: "{ISSUER}" subject: "{name}" }}'

    return (
        f'token_issuers {{ issuer: "{ISSUER}" audience: "attlas" keys_file: "keys.json" }}\n'
        + grant(subject("ana"), "EDITOR", "AMBER")
        + grant(subject("ben"), "CONTRIBUTOR", "AMBER")
        + grant(subject("rita"), "READER", "CLEAR")
        + grant('certificate_uri: "spiffe://attlas.example/eve"', "READER", "CLEAR")
    )


@pytest.fixture
def guarded(folder: Path, start: Callable[..., Daemon]) -> Guarded:
    return Guarded(folder, start)


def test_a_token_over_tls_shows_who_calls(guarded: Guarded) -> None:
    source = Mutation(create_node=Node(name="sources/a", type="source", display_name="A"))
    with guarded.connect(guarded.token("rita")) as rita:
        assert rita.graph.get_node(name="states/IDN").node is not None
        with pytest.raises(errors.PermissionDenied) as caught:
            rita.graph.commit(mutations=[source])
        assert caught.value.reason is ErrorReason.ROLE_INSUFFICIENT
    with guarded.connect(guarded.token("ben")) as ben:
        assert ben.graph.commit(mutations=[source]).names == ("sources/a",)
    with guarded.connect() as nobody:
        with pytest.raises(errors.Unauthenticated) as missing:
            nobody.graph.get_node(name="states/IDN")
        assert missing.value.reason is ErrorReason.CREDENTIALS_MISSING
        with pytest.raises(errors.Unauthenticated):
            list(nobody.graph.watch())


def test_a_token_that_ran_out_is_replaced(guarded: Guarded) -> None:
    given: list[str] = []

    def next_token() -> str:
        # The first one is over before it is used.
        token = guarded.token("rita", seconds=3600 if given else -3600)
        given.append(token)
        return token

    with guarded.connect(next_token) as client:
        assert client.graph.get_node(name="states/IDN").node is not None
        assert len(given) == 2
        assert client.graph.get_node(name="states/PHL").node is not None
        assert len(given) == 2
    given.clear()
    with guarded.connect(next_token) as client:
        with client.graph.watch(from_earliest=True) as stream:
            assert next(stream).through_revision
        assert len(given) == 2


def test_a_token_that_is_refused_again_is_an_error(guarded: Guarded) -> None:
    with guarded.connect(lambda: guarded.token("rita", seconds=-3600)) as client:
        with pytest.raises(errors.Unauthenticated) as caught:
            client.graph.get_node(name="states/IDN")
        assert caught.value.reason is ErrorReason.CREDENTIALS_REJECTED


def test_a_certificate_shows_who_calls(guarded: Guarded) -> None:
    with guarded.certified("spiffe://attlas.example/eve") as eve:
        assert eve.graph.get_node(name="states/IDN").node is not None


def test_a_space_from_its_making_to_its_end(guarded: Guarded) -> None:
    with (
        guarded.connect(guarded.token("ana")) as ana,
        guarded.connect(guarded.token("ben")) as ben,
        guarded.connect(guarded.token("rita")) as rita,
    ):
        made = ana.session().engagement.create_space(
            space=Space(
                display_name="Round table",
                purpose="To speak freely",
                chatham_house=True,
                retention_days=30,
                traffic_light=attlas.TrafficLight.AMBER,
            )
        )
        assert made.space is not None
        (moderator,) = made.space.members
        name = made.space.name
        member = SpaceMember(principal=moderator.principal.replace("ana", "ben"))
        changed = ana.engagement.update_space_members(space=name, set=[member])
        assert changed.space is not None
        assert len(changed.space.members) == 2
        posted = ben.engagement.post_to_space(
            space=name, text="We are worried about costs.", display_name="Costs"
        )
        notes = list(ana.engagement.list_notes_items(space=name, page_size=1))
        assert [note.text for note in notes] == ["We are worried about costs."]
        assert notes[0].author == ""
        agreed = Attribution(text="An official of a ministry")
        ben.engagement.set_attribution(
            space=name, note=posted.name, speaker_key=posted.speaker_key, attribution=agreed
        )
        released = ana.engagement.release_statement(
            space=name,
            note=posted.name,
            traffic_light=attlas.TrafficLight.CLEAR,
            text="Costs were a worry.",
            display_name="Costs",
        )
        assert rita.graph.get_node(name=released.name).node is not None
        # Whoever is no member cannot know of it.
        with pytest.raises(errors.NotFound):
            rita.engagement.get_space(name=name)
        assert rita.engagement.list_spaces().spaces == ()
        assert ana.engagement.get_space(name=name).note_count == 1
        assert ana.engagement.close_space(space=name).space is not None


def test_an_engagement_is_recorded(start: Callable[..., Daemon]) -> None:
    with attlas.connect(start().address, timeout=PATIENCE) as client:
        cited = attlas.graph.messages.Citation(
            source="sources/untc-xxvi-8", confidence=attlas.Confidence.SEEN
        )
        done = client.engagement.record_engagement(
            name="events/suva-2026",
            display_name="Workshop in Suva",
            term="workshop",
            start_date=datetime.date(2026, 3, 4),
            held_in="states/FJI",
            organizers=["organizations/pif"],
            participants=["states/FJI", "states/TON"],
            topics=["instruments/att"],
            citations=[cited],
        )
        answer = client.reading(revision=done.revision).engagement.get_engagement(name=done.name)
        assert answer.engagement is not None
        assert str(answer.engagement.start_date) == "2026-03-04"
