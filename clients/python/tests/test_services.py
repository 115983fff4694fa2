"""Every question of every service, on the curated dataset."""

from __future__ import annotations

import inspect
import json
from typing import Any

import pytest
from attlas.cooperation.v1 import cooperation_service_pb2
from attlas.engagement.v1 import engagement_service_pb2
from attlas.evidence.v1 import evidence_service_pb2
from attlas.graph.messages import Direction, Hop, NodeSelector, Pattern
from attlas.graph.v1 import graph_service_pb2
from attlas.instruments.v1 import instrument_service_pb2
from attlas.synergy.messages import SupposedAct, SupposedChange
from attlas.synergy.v1 import synergy_service_pb2
from attlas.transfers.messages import TransferDirection
from attlas.transfers.v1 import transfer_service_pb2
from google.protobuf import descriptor

import attlas

MODULES = {
    "cooperation": cooperation_service_pb2,
    "engagement": engagement_service_pb2,
    "evidence": evidence_service_pb2,
    "graph": graph_service_pb2,
    "instruments": instrument_service_pb2,
    "synergy": synergy_service_pb2,
    "transfers": transfer_service_pb2,
}

# Each question that writes nothing, with a field of its answer that cannot be empty.
PARTIES = Pattern(
    label="parties",
    start=NodeSelector(names=["instruments/att"]),
    hops=[Hop(edge_types=["CONSENTED_TO"], direction=Direction.BACKWARD)],
)
QUESTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "cooperation.find_cooperation": ({"state": "PHL"}, "agencies"),
    "cooperation.find_decision_path": ({"from_": "agencies/phl-stmo"}, "state"),
    "cooperation.find_duplication": ({}, "sentence"),
    "cooperation.find_networks": ({"states": ["IDN", "MYS"]}, "sentence"),
    "cooperation.get_reach": ({"state": "FJI"}, "sentence"),
    "cooperation.get_role_map": ({"state": "IDN", "instrument": "att"}, "themes"),
    "cooperation.plan_convening": (
        {"theme": "brokering", "grouping": "asean", "start_date": "2026-09-01"},
        "sentence",
    ),
    "engagement.get_engagement": ({"name": "EVENT"}, "engagement"),
    "engagement.list_engagements": ({}, "engagements"),
    "engagement.list_spaces": ({}, "revision"),
    "evidence.find_answers": ({"concern": "CONCERN"}, "concern"),
    "evidence.find_shared_concerns": ({"state": "IDN"}, "themes"),
    "evidence.get_changes": ({"node": "states/PHL", "since": "2020"}, "world_changes"),
    "evidence.get_source": ({"source": "sources/untc-xxvi-8"}, "source"),
    "evidence.list_concerns": ({}, "concerns"),
    "evidence.list_statements_of": ({"source": "sources/untc-xxvi-8"}, "records"),
    "evidence.list_unanswered": ({}, "sentence"),
    "evidence.search": ({"query": "brokering"}, "hits"),
    "graph.batch_get_nodes": ({"names": ["states/IDN", "instruments/att"]}, "nodes"),
    "graph.find_paths": ({"from_": "states/IDN", "to": "instruments/att"}, "paths"),
    "graph.get_history": ({"name": "states/IDN"}, "changes"),
    "graph.get_neighborhood": ({"node": "instruments/att"}, "subgraph"),
    "graph.get_node": ({"name": "states/IDN"}, "node"),
    "graph.get_ontology": ({}, "ontology"),
    "graph.get_statistics": ({}, "node_counts"),
    "graph.list_edges": ({"node": "states/IDN"}, "edges"),
    "graph.list_nodes": ({}, "nodes"),
    "graph.match_paths": ({"patterns": [PARTIES]}, "matches"),
    "instruments.compare_figures": ({"instrument": "att"}, "comparisons"),
    "instruments.find_shared_reporting": ({"state": "AUS"}, "shared"),
    "instruments.get_instrument": ({"name": "att"}, "provisions"),
    "instruments.get_membership_share": ({"body": "asean", "instrument": "att"}, "members"),
    "instruments.get_reporting_status": ({"instrument": "att"}, "reports"),
    "instruments.get_state_profile": ({"state": "IDN"}, "instruments"),
    "instruments.get_status": ({"instrument": "att"}, "states"),
    "instruments.get_status_timeline": ({"instrument": "att"}, "changes"),
    "instruments.list_instruments": ({}, "instruments"),
    "instruments.rank_candidates": ({"instrument": "att"}, "candidates"),
    "synergy.compare_instruments": ({"instrument": "att"}, "columns"),
    "synergy.find_bridges": ({"state": "IDN", "target": "att"}, "bridges"),
    "synergy.find_synergies": ({"state": "IDN", "target": "att"}, "themes"),
    "synergy.simulate_participation": (
        {
            "state": "IDN",
            "changes": [SupposedChange(act=SupposedAct.JOIN, instrument="att")],
        },
        "statuses",
    ),
    "transfers.count_in_region": ({"groupings": ["asean"]}, "counts"),
    "transfers.get_customers": ({"state": "USA"}, "customers"),
    "transfers.get_exposure": ({}, "importers"),
    "transfers.get_ranking": ({"direction": TransferDirection.IMPORT}, "places"),
    "transfers.get_suppliers": ({"state": "IDN"}, "importer"),
}
# Asked in test_streams.py, test_writes.py and test_spaces.py.
ELSEWHERE = {
    "engagement.close_space",
    "engagement.create_space",
    "engagement.get_space",
    "engagement.list_notes",
    "engagement.post_to_space",
    "engagement.record_engagement",
    "engagement.release_statement",
    "engagement.set_attribution",
    "engagement.update_space_members",
    "graph.commit",
    "graph.export",
    "graph.import_",
    "graph.traverse",
    "graph.watch",
}


def rpcs() -> dict[str, descriptor.MethodDescriptor]:
    """Every RPC of the protos, by the name of its method here."""
    found = {}
    for service, module in MODULES.items():
        (described,) = module.DESCRIPTOR.services_by_name.values()
        for method in described.methods:
            letters = [f"_{c.lower()}" if c.isupper() else c for c in method.name]
            name = "".join(letters).strip("_")
            found[f"{service}.{'import_' if name == 'import' else name}"] = method
    return found


def asked(atlas: attlas.Client, question: str) -> Any:
    service, method = question.split(".")
    return getattr(getattr(atlas, service), method)


def test_no_question_is_forgotten(atlas: attlas.Client) -> None:
    assert set(QUESTIONS) | ELSEWHERE == set(rpcs())
    for question in rpcs():
        assert callable(asked(atlas, question))


def named(atlas: attlas.Client, value: Any) -> Any:
    """A name that the dataset gives, where one is wanted."""
    if value == "EVENT":
        return next(atlas.engagement.list_engagements_items()).name
    if value == "CONCERN":
        return next(atlas.evidence.list_concerns_items()).name
    return value


@pytest.mark.parametrize("question", QUESTIONS)
def test_is_answered(atlas: attlas.Client, question: str) -> None:
    arguments, field = QUESTIONS[question]
    given = {name: named(atlas, value) for name, value in arguments.items()}
    answer = asked(atlas.reading(as_of="2026-02-03"), question)(**given)
    assert answer.revision
    assert getattr(answer, field)
    # All of it has a plain form.
    assert json.loads(json.dumps(answer.to_dict()))["revision"] == answer.revision


def test_listings_go_through_all_pages(atlas: attlas.Client) -> None:
    counts = {each.type: each.count for each in atlas.graph.get_statistics().node_counts}
    pages = list(atlas.graph.list_nodes_pages(page_size=100))
    assert len(pages) > 2
    assert len({page.revision for page in pages}) == 1
    listed = [node.name for node in atlas.graph.list_nodes_items(page_size=100)]
    assert listed == [node.name for page in pages for node in page.nodes]
    assert len(set(listed)) == len(listed) == sum(counts.values())


def test_every_listing_can_be_gone_through(atlas: attlas.Client) -> None:
    for question, method in rpcs().items():
        if "page_token" not in method.input_type.fields_by_name:
            continue
        paged = asked(atlas, f"{question}_pages")
        assert "page_token" not in inspect.signature(paged).parameters
        # Of these a page is one of two lists, or a list within.
        if question not in {"evidence.get_changes", "transfers.get_suppliers"}:
            asked(atlas, f"{question}_items")


def test_says_what_the_readme_says(atlas: attlas.Client) -> None:
    synergies = atlas.reading(as_of="2026-02-03").synergy.find_synergies(state="IDN", target="att")
    totals = {total.commitment_class.name: total.themes for total in synergies.totals}
    assert totals["POLITICAL_SAME_GOODS"] == 23
    assert sum(totals.values()) == len(synergies.themes) == 32
    status = atlas.reading(as_of="2024-08-31").instruments.get_status(instrument="att")
    assert status.counts is not None
    assert (status.counts.parties, status.counts.signatories) == (115, 27)
