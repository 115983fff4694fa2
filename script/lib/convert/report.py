"""The report of a conversion: rows in and out, and every row that became nothing of its own."""

import contextlib
from collections import Counter, defaultdict

from .problem import Refused


class Report:
    """Counts what becomes of each row; one that becomes nothing must be set aside with a reason."""

    def __init__(self):
        self.rows = Counter()
        self.turned = Counter()
        self.nodes = Counter()
        self.edges = Counter()
        self.aside = defaultdict(list)
        self.notes = []
        self._row = None
        self._made = 0

    @contextlib.contextmanager
    def watch(self, row):
        self._row, self._made = row, 0
        self.rows[row.table] += 1
        set_aside = self._count_aside(row.table)
        yield
        if self._made:
            self.turned[row.table] += 1
        elif self._count_aside(row.table) == set_aside:
            raise Refused(f'{row}: nothing became of this row, and no reason was given')
        self._row = None

    def blame(self, error):
        """The error with the row that it came from."""
        return f'{self._row}: {error}' if self._row is not None else str(error)

    def made_node(self):
        self._made += 1
        if self._row is not None:
            self.nodes[self._row.table] += 1

    def made_edge(self):
        self._made += 1
        if self._row is not None:
            self.edges[self._row.table] += 1

    def set_aside(self, key, reason):
        """Says that the current row, known to people as `key`, becomes nothing of its own."""
        self.aside[self._row.table, reason].append(key)

    def note(self, text):
        """Adds something that a reader of the dataset should know."""
        self.notes.append(text)

    def _count_aside(self, table):
        return sum(len(keys) for (name, _), keys in self.aside.items() if name == table)

    def text(self, dataset):
        """The report as Markdown."""
        lines = ['# Conversion report', '',
                 'Written by `script/convert-facts`; do not edit. Every row of the fact tables is '
                 'accounted for below.', '', '## Rows in, rows out', '',
                 '| table | rows in | turned into nodes or edges | set aside | nodes | edges |',
                 '| --- | ---: | ---: | ---: | ---: | ---: |']
        for table in sorted(self.rows):
            lines.append(f'| {table} | {self.rows[table]:,} | {self.turned[table]:,} | '
                         f'{self._count_aside(table):,} | {self.nodes[table]:,} | '
                         f'{self.edges[table]:,} |')
        lines += ['', 'One row may become several nodes and edges, and several rows one node. Nodes '
                  'and edges that come from no single row (sources, rules, members of the United '
                  'Nations, regions of UN M49, our own figures) are in the next tables alone.', '',
                  '## Rows that became nothing of their own', '']
        for (table, reason), keys in sorted(self.aside.items()):
            lines += [f'* **{table}**, {len(keys)} rows: {reason}', f'  {", ".join(keys)}.']
        lines += ['', '## Decisions', '']
        lines += [f'* {note}' for note in self.notes]
        lines += ['', '## Participation', '', *_participation(dataset)]
        lines += ['', '## Nodes', '', '| type | nodes |', '| --- | ---: |']
        lines += [f'| {name} | {count:,} |' for name, count in dataset.node_counts()]
        lines += ['', '## Edges', '', '| type | edges |', '| --- | ---: |']
        lines += [f'| {name} | {count:,} |' for name, count in dataset.edge_counts()]
        return '\n'.join(lines) + '\n'


def _participation(dataset):
    """A table of what is held on each instrument that states join, and how well."""
    held = defaultdict(Counter)
    for edge in dataset.edges.values():
        if edge.type in ('SIGNED', 'CONSENTED_TO', 'ENDORSED'):
            counts = held[edge.end]
            counts[edge.type] += 1
            counts['ended'] += bool(edge.valid_to)
            counts['undated'] += not edge.valid_from
            counts['unverified'] += all(citation.confidence == 'unverified'
                                        for citation in edge.citations)
    lines = ['Statements held, by instrument. `ended` counts those with an end, also in the future; '
             '`unverified` those that rest on background knowledge alone.', '',
             '| instrument | coverage | known up to | signed | consented | endorsed | ended | '
             'undated | unverified |',
             '| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |']
    for name, node in sorted(dataset.nodes.items()):
        if node.type != 'instrument' or not held[name]:
            continue
        cells = [name.partition('/')[2], node.properties['coverage'],
                 node.properties.get('coverage_as_of', '')]
        cells += [str(held[name][key]) for key in ('SIGNED', 'CONSENTED_TO', 'ENDORSED', 'ended',
                                                   'undated', 'unverified')]
        lines.append(f'| {" | ".join(cells)} |')
    return lines
