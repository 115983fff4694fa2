"""The ontology, and what it says of nodes and edges."""

import re

from . import textproto
from .dates import is_date, first_day
from .problem import Refused

DEFAULT_ID = r'[a-z0-9][a-z0-9-]{0,62}'
CONFIDENCES = ('seen', 'structure-seen', 'recalled', 'unverified')


def _one(message, field, default=''):
    return message.get(field, [default])[0]


class Ontology:
    """The node types, edge types and taxonomies of a text-format file."""

    def __init__(self, path):
        try:
            with open(path, encoding='utf-8') as file:
                message = textproto.parse(file.read(), path)
        except OSError as error:
            raise Refused(f'{path}: the ontology cannot be read: {error}') from error
        self.node_types = {_one(node, 'name'): node for node in message['node_types']}
        self.edge_types = {_one(edge, 'name'): edge for edge in message['edge_types']}
        self.terms = {_one(taxonomy, 'name'): [_one(term, 'id') for term in taxonomy['terms']]
                      for taxonomy in message['taxonomies']}
        self.collections = {_one(node, 'collection'): name
                            for name, node in self.node_types.items()}

    def collection(self, node_type):
        return _one(self.node_types[node_type], 'collection')

    def columns(self, owner):
        """The names of the properties of a node or edge type, in the order of the ontology."""
        message = self.node_types.get(owner) or self.edge_types[owner]
        return [_one(kind, 'name') for kind in message.get('properties', [])]

    def check_node(self, node):
        if node.type not in self.node_types:
            raise Refused(f'{node.name}: `{node.type}` is no node type')
        message = self.node_types[node.type]
        node_id = node.name.partition('/')[2]
        if not re.fullmatch(_one(message, 'id_pattern') or DEFAULT_ID, node_id):
            raise Refused(f'{node.name}: the id does not match the pattern of a {node.type}')
        if not node.display_name:
            raise Refused(f'{node.name}: there is no display name')
        self._check_properties(node.name, message, node.properties)
        if not node.citations and _one(message, 'citation_optional') != 'true':
            raise Refused(f'{node.name}: there is no citation')

    def check_edge(self, edge):
        label = f'{edge.type} {edge.start} -> {edge.end}'
        message = self.edge_types.get(edge.type)
        if message is None:
            raise Refused(f'{label}: there is no such edge type')
        for name, allowed in ((edge.start, 'from_types'), (edge.end, 'to_types')):
            kind = self.collections.get(name.partition('/')[0])
            if kind not in message[allowed]:
                raise Refused(f'{label}: {name} is a {kind}; allowed: {message[allowed]}')
        self._check_properties(label, message, edge.properties)
        dated = [text for text in (edge.valid_from, edge.valid_to) if text]
        if dated and _one(message, 'temporal') != 'true':
            raise Refused(f'{label}: it has a date, but its type carries none')
        for text in dated:
            if not is_date(text):
                raise Refused(f'{label}: `{text}` is not a date')
        if len(dated) == 2 and first_day(dated[0]) >= first_day(dated[1]):
            raise Refused(f'{label}: it ends at {dated[1]}, not after its start at {dated[0]}')
        if not edge.citations:
            raise Refused(f'{label}: there is no citation')

    def _check_properties(self, label, message, properties):
        kinds = {_one(kind, 'name'): kind for kind in message.get('properties', [])}
        for name, value in properties.items():
            if name not in kinds:
                raise Refused(f'{label}: there is no property `{name}`')
            self._check_value(f'{label}: {name}', kinds[name], value)
        for name, kind in kinds.items():
            if _one(kind, 'required') == 'true' and name not in properties:
                raise Refused(f'{label}: the property `{name}` is missing')

    def _check_value(self, label, kind, value):
        repeated = _one(kind, 'repeated') == 'true'
        if repeated != isinstance(value, list):
            raise Refused(f'{label}: `{value}` is {"no" if repeated else "a"} list')
        for item in value if repeated else [value]:
            if not self._is_of_kind(kind, item):
                raise Refused(f'{label}: `{item}` is not of kind {_one(kind, "kind")} '
                              f'{_one(kind, "taxonomy")}'.rstrip())

    def _is_of_kind(self, kind, item):
        name = _one(kind, 'kind').removeprefix('PROPERTY_KIND_')
        if name == 'TERM':
            return item in self.terms[_one(kind, 'taxonomy')]
        if name == 'DATE':
            return is_date(item)
        if name == 'BOOLEAN':
            return item in ('true', 'false')
        if name == 'INTEGER':
            return bool(re.fullmatch(r'-?\d+', item))
        if name == 'DECIMAL':
            return bool(re.fullmatch(r'-?\d+(\.\d+)?', item))
        if name == 'URL':
            return bool(re.fullmatch(r'https?://\S+', item))
        return 0 < len(item.encode('utf-8')) <= 16384
