"""Instruments, what they supplement, who adopted them, and the goods they cover."""

from .coverage import ALL_MEMBERS, COVERAGE
from .dates import date
from .problem import Refused

CONFIDENCE = {'read': 'seen', 'partly': 'structure-seen', 'unverified': 'unverified'}

# Instruments beside Security Council resolutions that address every member of the United Nations.
ADDRESSED_TO_ALL = ('unpoa', 'iti', 'global-framework-ammunition', 'unroca', 'unmilex')

# Instruments that organizations adopted.
ADOPTED_BY = {
    'asean-arms-smuggling-declaration': ['asean'],
    'asean-poa-transnational-crime': ['asean'],
    'nadi-framework': ['pif'], 'boe-declaration': ['pif'], 'nasonini-declaration': ['pif'],
    'biketawa-declaration': ['pif'],
    'oco-picp-pidc-partnership': ['oco', 'picp', 'pidc'],
}

# Instruments whose duties concern dealings with one state alone.
ONE_STATE = ('unscr-1718',)


def is_addressed_to_all(row):
    return row['kind'] == 'unsc-resolution' or row['instrument_id'] in ADDRESSED_TO_ALL


class Instruments:
    """Makes the nodes of instruments, and looks up their rows and names."""

    def __init__(self, facts, dataset, sources):
        self.rows = {row['instrument_id']: row for row in facts.peek('instruments')}
        self._sources = sources
        goods = {}
        for row in facts.rows('instrument_goods_scope'):
            self.name(row['instrument_id'])
            goods[row['instrument_id']] = row.items_of('goods_scope')
            facts.report.set_aside(row['instrument_id'],
                                   'the property `goods_scope` of the instrument')
        for row in facts.rows('themes'):
            if row['theme_id'] not in dataset.ontology.terms['subjects']:
                raise Refused(f'`{row["theme_id"]}` is no term of the taxonomy subjects')
            facts.report.set_aside(row['theme_id'], 'a term of the taxonomy `subjects`')
        with_provisions = {row['instrument_id'] for row in facts.peek('provisions')}
        for row in facts.rows('instruments'):
            self._add(row, goods, with_provisions, dataset)

    def name(self, instrument_id):
        """The resource name of an instrument."""
        if instrument_id not in self.rows:
            raise Refused(f'`{instrument_id}` is no instrument')
        return f'instruments/{instrument_id}'

    def short_name(self, instrument_id):
        return self.rows[instrument_id]['short_name']

    def citation(self, instrument_id):
        """The citation of what is said of an instrument."""
        row = self.rows[instrument_id]
        if row['verification'] not in CONFIDENCE:
            raise Refused(f'verification is `{row["verification"]}`; write read, partly or '
                          f'unverified')
        if row['verification'] == 'unverified':
            return self._sources.cite('unverified', note='The address given was not opened.')
        note = 'Some of the dates are background knowledge.' if row['verification'] == 'partly' \
            else ''
        return self._sources.cite(row['source_url'], CONFIDENCE[row['verification']], note=note)

    def _add(self, row, goods, with_provisions, dataset):
        key = row['instrument_id']
        if is_addressed_to_all(row):
            level, as_of, note = 'complete', '', ALL_MEMBERS
        elif key in COVERAGE:
            level, as_of, note = COVERAGE[key]
        else:
            raise Refused('it is not known how complete its list of participants is')
        reach = 'one-state' if key in ONE_STATE else 'all-transfers'
        citations = [self.citation(key)]
        if goods.get(key):
            citations.append(self._sources.analysis('Goods and reach are our own coding.',
                                                    'goods_scope'))
        name = dataset.add_node('instrument', key, row['short_name'], citations, {
            'full_title': row['full_title'], 'kind': row['kind'],
            'adopted': date(row['adopted_date']),
            'opened_for_signature': date(row['opened_for_signature']),
            'entry_into_force': date(row['entry_into_force']),
            'depositary': row.items_of('depositary'), 'subjects': row.items_of('themes'),
            'goods_scope': goods.get(key, []), 'reach': reach if key in with_provisions else '',
            'coverage': level, 'coverage_as_of': as_of, 'coverage_note': note,
            'url': row['source_url']}, [row['full_title']])
        if row['parent_instrument_id']:
            dataset.add_edge('SUPPLEMENTS', name, self.name(row['parent_instrument_id']),
                             [self.citation(key)])
        for organization in ADOPTED_BY.get(key, ()):
            dataset.add_edge('ADOPTED', f'organizations/{organization}', name,
                             [self.citation(key)], valid_from=date(row['adopted_date']))
