"""The nodes and edges that are made, and the tables they are written to."""

import csv
import os
from collections import Counter
from dataclasses import dataclass, field

from .dates import is_date
from .ontology import CONFIDENCES
from .problem import Refused

CITATION_COLUMNS = ['source', 'locator', 'confidence', 'retrieved', 'citation_note']


@dataclass(frozen=True)
class Citation:
    source: str  # sources/<id> or rules/<id>
    confidence: str
    locator: str = ''
    retrieved: str = ''
    note: str = ''


@dataclass
class Node:
    type: str
    name: str
    display_name: str
    properties: dict
    citations: list
    aliases: list = field(default_factory=list)


@dataclass
class Edge:
    type: str
    start: str
    end: str
    properties: dict
    citations: list
    qualifier: str = ''
    valid_from: str = ''
    valid_to: str = ''


def _plain(properties):
    """The properties as text, without those that are empty."""
    plain = {}
    for name, value in properties.items():
        if isinstance(value, bool):
            plain[name] = 'true' if value else 'false'
        elif isinstance(value, (list, tuple)):
            if value:
                plain[name] = [str(item) for item in value]
        elif value is not None and str(value) != '':
            plain[name] = str(value)
    return plain


def _join(items):
    for item in items:
        if ';' in item or '\\' in item:
            raise Refused(f'`{item}` holds a semicolon or a backslash and cannot be part of a list')
    return ';'.join(items)


class Dataset:
    """Collects nodes and edges; `write` checks all of it and replaces the tables of a directory."""

    def __init__(self, ontology, report):
        self.ontology = ontology
        self.report = report
        self.nodes = {}
        self.edges = {}

    def add_node(self, node_type, node_id, display_name, citations, properties=None, aliases=()):
        name = f'{self.ontology.collection(node_type)}/{node_id}'
        if name in self.nodes:
            raise Refused(f'{name} is made twice')
        shown = [alias for alias in dict.fromkeys(aliases) if alias and alias != display_name]
        node = Node(node_type, name, display_name, _plain(properties or {}), list(citations), shown)
        self.ontology.check_node(node)
        self.nodes[name] = node
        self.report.made_node()
        return name

    def add_edge(self, edge_type, start, end, citations, properties=None, qualifier='',
                 valid_from='', valid_to=''):
        key = (edge_type, start, end, qualifier)
        if key in self.edges:
            raise Refused(f'{edge_type} from {start} to {end} ({qualifier or "no qualifier"}) is '
                          f'made twice')
        edge = Edge(edge_type, start, end, _plain(properties or {}), list(citations), qualifier,
                    valid_from, valid_to)
        self.ontology.check_edge(edge)
        self.edges[key] = edge
        self.report.made_edge()
        return edge

    def node_counts(self):
        return sorted(Counter(node.type for node in self.nodes.values()).items())

    def edge_counts(self):
        return sorted(Counter(edge.type for edge in self.edges.values()).items())

    def check(self):
        """Refused unless every name that is used is that of a node."""
        for edge in self.edges.values():
            self.ontology.check_edge(edge)  # Again: ends and dates may have been set since.
            for name in (edge.start, edge.end):
                if name not in self.nodes:
                    raise Refused(f'{edge.type} {edge.start} -> {edge.end}: there is no {name}')
            self._check_citations(f'{edge.type} {edge.start} -> {edge.end}', edge.citations)
        for node in self.nodes.values():
            self._check_citations(node.name, node.citations)

    def _check_citations(self, label, citations):
        for citation in citations:
            if citation.source not in self.nodes:
                raise Refused(f'{label}: there is no source {citation.source}')
            if citation.confidence not in CONFIDENCES:
                raise Refused(f'{label}: `{citation.confidence}` is no confidence')
            if citation.retrieved and not is_date(citation.retrieved):
                raise Refused(f'{label}: `{citation.retrieved}` is not a date')

    def drop_unused_sources(self):
        """Takes out the sources that nothing cites."""
        cited = {citation.source for item in [*self.nodes.values(), *self.edges.values()]
                 for citation in item.citations}
        for name in [name for name, node in self.nodes.items() if node.type == 'source']:
            if name not in cited:
                del self.nodes[name]

    def tables(self):
        """The text of every table by its path below the output directory."""
        tables = {}
        by_type = {}
        for node in sorted(self.nodes.values(), key=lambda node: node.name):
            by_type.setdefault(node.type, []).append(node)
        for node_type, nodes in by_type.items():
            columns = self._used_columns(node_type, nodes)
            header = ['id', 'display_name', 'aliases', *columns, *CITATION_COLUMNS]
            rows = [[node.name.partition('/')[2], node.display_name, _join(node.aliases),
                     *_cells(node.properties, columns), *_citation_cells(node.citations)]
                    for node in nodes]
            tables[os.path.join('nodes', f'{node_type}.csv')] = _table(header, rows)
        by_type = {}
        for key, edge in sorted(self.edges.items()):
            by_type.setdefault(edge.type, []).append(edge)
        for edge_type, edges in by_type.items():
            columns = self._used_columns(edge_type, edges)
            header = ['from', 'to', 'qualifier', *columns, 'valid_from', 'valid_to',
                      *CITATION_COLUMNS]
            rows = [[edge.start, edge.end, edge.qualifier, *_cells(edge.properties, columns),
                     edge.valid_from, edge.valid_to, *_citation_cells(edge.citations)]
                    for edge in edges]
            name = edge_type.lower().replace('_', '-')
            tables[os.path.join('edges', f'{name}.csv')] = _table(header, rows)
        return tables

    def _used_columns(self, owner, items):
        used = {name for item in items for name in item.properties}
        return [name for name in self.ontology.columns(owner) if name in used]


def _cells(properties, columns):
    cells = []
    for column in columns:
        value = properties.get(column, '')
        cells.append(_join(value) if isinstance(value, list) else value)
    return cells


def _citation_cells(citations):
    """The citation columns; several citations stand as lists of one length."""
    if len(citations) == 1:
        one = citations[0]
        return [one.source, one.locator, one.confidence, one.retrieved, one.note]
    columns = [[getattr(citation, name) for citation in citations]
               for name in ('source', 'locator', 'confidence', 'retrieved', 'note')]
    return [_join(column) if any(column) else '' for column in columns]


class _Lines(list):
    """A file that keeps what is written to it."""
    write = list.append


def _table(header, rows):
    lines = _Lines()
    writer = csv.writer(lines, lineterminator='\n')
    writer.writerow(header)
    writer.writerows(rows)
    return ''.join(lines)
