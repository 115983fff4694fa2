"""Graphs for networkx. Needs networkx: `pip install attlas[networkx]`.

Nodes are called by their resource names, as `states/IDN`; edges have theirs as keys. Properties are
attributes beside `type`, `display_name` and, of edges, `valid_from`, `valid_to` and `confidence`.
Dates are ISO texts and lists are joined by `; `, so that every format that networkx writes takes
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import networkx

from attlas._messages import Scalar
from attlas.client import Client
from attlas.dates import Date
from attlas.graph.messages import Confidence, Edge, Node, Subgraph
from attlas.streams import exported

if TYPE_CHECKING:
    # The class takes types for checkers alone.
    Network = networkx.MultiDiGraph[str]
else:
    Network = networkx.MultiDiGraph


def network(nodes: Iterable[Node], edges: Iterable[Edge]) -> Network:
    """Returns the graph of nodes and edges."""
    graph = Network()
    for node in nodes:
        graph.add_node(node.name, **_node_attributes(node))
    for edge in edges:
        graph.add_edge(edge.from_, edge.to, key=edge.name, **_edge_attributes(edge))
    return graph


def of_subgraph(subgraph: Subgraph | None) -> Network:
    """Returns the graph that an answer holds, as those of `get_neighborhood` and `find_paths`."""
    if subgraph is None:
        return Network()
    return network(subgraph.nodes, subgraph.edges)


def of_export(client: Client, *, types: Sequence[str] = ()) -> Network:
    """Returns the whole graph of one revision, as far as the caller may see it.

    Its own attribute `revision` says of which.

    Args:
        client: The client to ask.
        types: Node and edge types; none for all. An edge of which an end is left out brings that
            end along, without attributes.
    """
    graph = Network()
    for batch in exported(client, types=types):
        graph.graph["revision"] = batch.revision
        for node in batch.nodes:
            graph.add_node(node.name, **_node_attributes(node))
        for edge in batch.edges:
            graph.add_edge(edge.from_, edge.to, key=edge.name, **_edge_attributes(edge))
    return graph


def _node_attributes(node: Node) -> dict[str, Any]:
    return {
        **_flat(node.properties),
        "type": node.type,
        "display_name": node.display_name,
    }


def _edge_attributes(edge: Edge) -> dict[str, Any]:
    dates = {"valid_from": edge.valid_from, "valid_to": edge.valid_to}
    best = max((each.confidence for each in edge.citations), default=Confidence.UNSPECIFIED)
    return {
        **_flat(edge.properties),
        **{name: str(date) for name, date in dates.items() if date is not None},
        "type": edge.type,
        "confidence": best.name,
    }


def _flat(properties: Mapping[str, Scalar]) -> dict[str, str | int | float | bool]:
    return {name: _flat_value(value) for name, value in properties.items()}


def _flat_value(value: Scalar) -> str | int | float | bool:
    if isinstance(value, Date):
        return str(value)
    if isinstance(value, tuple | list):
        return "; ".join(value)
    return value
