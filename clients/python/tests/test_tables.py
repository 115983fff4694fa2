from __future__ import annotations

from pathlib import Path

import networkx
import pandas as pd
import pytest

import attlas
from attlas import frames, networks


def test_the_synergy_table(atlas: attlas.Client) -> None:
    answer = atlas.reading(as_of="2026-02-03").synergy.find_synergies(state="IDN", target="att")
    table = frames.synergy_table(answer)
    assert len(table) == 32
    assert (table["best_class"] == "POLITICAL_SAME_GOODS").sum() == 23
    brokering = table.set_index("theme").loc["Brokering control"]
    assert brokering["instrument"] == "UN PoA"
    assert brokering["joining"] == "BECOMES_BINDING"
    assert brokering["confidence"] == "RECALLED"
    assert "sources/smallarms-un-arm-org-programme-of-action" in brokering["sources"]


def test_the_status_table(atlas: attlas.Client) -> None:
    answer = atlas.reading(as_of="2026-02-03").instruments.get_status(
        instrument="att", grouping="asean"
    )
    table = frames.status_table(answer).set_index("code")
    assert len(table) == 11
    assert list(table.index[table["status"] == "PARTY"]) == ["PHL"]
    assert table.loc["PHL", "state"] == "Philippines"


def test_any_list_becomes_a_frame(atlas: attlas.Client) -> None:
    states = frames.frame(node for node in atlas.graph.list_nodes_items() if node.type == "state")
    assert states.loc[states["name"] == "states/IDN", "properties.iso2"].tolist() == ["ID"]
    assert frames.frame([]).empty
    answer = atlas.instruments.get_status(instrument="att", grouping="asean")
    cited = frames.statements(answer)
    assert len(cited) >= len(answer.statements)
    assert {"from_", "to", "citation.source", "citation.confidence"} <= set(cited.columns)
    assert isinstance(cited, pd.DataFrame)


def test_the_whole_graph_for_networkx(atlas: attlas.Client, tmp_path: Path) -> None:
    graph = networks.of_export(atlas)
    counted = atlas.graph.get_statistics()
    assert graph.number_of_nodes() == sum(each.count for each in counted.node_counts)
    assert graph.number_of_edges() == sum(each.count for each in counted.edge_counts)
    assert graph.graph["revision"] == counted.revision
    assert graph.nodes["states/IDN"]["display_name"] == "Indonesia"
    between = graph.get_edge_data("states/PHL", "instruments/att")
    assert "CONSENTED_TO" in {statement["type"] for statement in between.values()}
    networkx.write_graphml(graph, tmp_path / "graph.graphml")
    again = networkx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert again.number_of_edges() == graph.number_of_edges()
    assert again.nodes["states/IDN"] == graph.nodes["states/IDN"]


def test_a_part_of_the_graph_for_networkx(atlas: attlas.Client) -> None:
    answer = atlas.graph.find_paths(from_="states/IDN", to="instruments/att", max_hops=3)
    graph = networks.of_subgraph(answer.subgraph)
    assert networkx.has_path(graph.to_undirected(), "states/IDN", "instruments/att")
    assert networks.of_subgraph(None).number_of_nodes() == 0


def test_dates_are_as_precise_as_they_are() -> None:
    assert [str(attlas.Date.of(text)) for text in ("2026", "2026-02", "2026-02-03")] == [
        "2026",
        "2026-02",
        "2026-02-03",
    ]
    assert attlas.Date.of("2026") < attlas.Date.of("2026-01-01") < attlas.Date.of("2026-02")
    for wrong in ("26", "2026-2-3", "2026-02-30", ""):
        with pytest.raises(ValueError, match="no"):
            attlas.Date.of(wrong)
