"""States, economies, territories, the sets they belong to, and the codes that name them."""

from .dataset import Citation
from .problem import Refused
from .slug import words
from .sources import ANALYSIS, BACKGROUND
from .territories import ALIASES, TERRITORIES

# The code that transfer statistics alone list.
ECONOMIES = ('TWN',)
# Private codes of the transfer tables.
PRIVATE = {'XNA': 'organizations/nato', 'XHO': 'armed-groups/houthi-forces'}

# Regions that are named without a list of members, as the tables write them.
LOOSE_NAMES = {
    'Asia': 'Asia as a source speaks of it, without a list of states.',
    'Asia-Pacific': 'Asia and the Pacific as a source speaks of them, without a list of states.',
    'Indo-Pacific': 'The Indo-Pacific as a source speaks of it, without a list of states. The sets '
                    'that are defined by lists are groupings of their own.',
    'Pacific': 'The Pacific as a source speaks of it, without a list of states.',
    'South Asia': 'South Asia as a source speaks of it, without a list of states.',
    'South-East Asia': 'South-East Asia as a source speaks of it, without a list of states.',
    'global': 'The world as a whole.',
    'signatories': 'States that signed the Arms Trade Treaty and had not ratified it, as a source '
                   'speaks of them. The list depends on the date and follows from the acts.',
}
SAME_AS = {'ASEAN': 'asean'}


class Places:
    """Makes the nodes of places and their groupings, and finds a place by its code."""

    def __init__(self, facts, dataset, sources):
        self._facts, self._dataset, self._sources = facts, dataset, sources
        self._names = dict(PRIVATE)
        self._add_states()
        self._add_territories()
        dataset.add_node('armed_group', 'houthi-forces', 'Houthi forces',
                         [Citation(BACKGROUND, 'unverified')], {
                             'note': 'Named as a recipient in transfer statistics (private code '
                                     'XHO).', 'private_code': 'XHO'})
        self._add_groupings()

    def name(self, code):
        """The resource name of the place with this code."""
        if code not in self._names:
            raise Refused(f'`{code}` is the code of no state, economy or territory')
        return self._names[code]

    def display_name(self, code):
        return self._dataset.nodes[self.name(code)].display_name

    def holder(self, text):
        """A place by its code, or a grouping by the name that a table gives it."""
        if text in LOOSE_NAMES:
            return f'groupings/{self._loose_id(text)}'
        if text in SAME_AS:
            return f'groupings/{SAME_AS[text]}'
        return self.name(text)

    @staticmethod
    def _loose_id(text):
        return f'loose-{words(text)}'

    def _add_states(self):
        for row in self._facts.rows('states'):
            if row['un_member'] not in ('true', 'false'):
                raise Refused(f'un_member is `{row["un_member"]}`; write true or false')
            properties = {'official_name': row['official_name'], 'iso2': row['iso2'],
                          'm49': row['m49'], 'un_region': row['un_region'],
                          'un_subregion': row['un_subregion'], 'note': row['note']}
            code = row['iso3']
            kind = 'economy' if code in ECONOMIES else 'state'
            if kind == 'state':
                properties['un_member'] = row['un_member']
            elif row['un_member'] == 'true':
                raise Refused(f'{code} is kept as an economy, but said to be a UN member')
            self._names[code] = self._dataset.add_node(
                kind, code, row['short_name'], [self._sources.country_codes()], properties,
                [row['official_name'] if '(' not in row['official_name'] else '',
                 *ALIASES.get(code, ())])

    def _add_territories(self):
        for code, (name, iso2, m49, administered_by, region, subregion) in TERRITORIES.items():
            self._names[code] = self._dataset.add_node(
                'territory', code, name, [Citation(BACKGROUND, 'unverified')], {
                    'iso2': iso2, 'm49': m49, 'administered_by': f'states/{administered_by}',
                    'un_region': region, 'un_subregion': subregion,
                    'note': 'Listed for its membership of organizations.'})

    def _add_groupings(self):
        citations = {}
        for row in self._facts.rows('groupings'):
            citations[row['grouping_id']] = self._sources.cite(row['source_url'])
            self._dataset.add_node(
                'grouping', row['grouping_id'], row['name'], [citations[row['grouping_id']]],
                {'kind': row['kind'], 'definition_note': row['definition_note']})
        for row in self._facts.rows('grouping_members'):
            if row['grouping_id'] not in citations:
                raise Refused(f'`{row["grouping_id"]}` is no grouping')
            self._dataset.add_edge('MEMBER_OF_GROUPING', self.name(row['iso3']),
                                   f'groupings/{row["grouping_id"]}',
                                   [citations[row['grouping_id']]])
        for text, definition in LOOSE_NAMES.items():
            self._dataset.add_node(
                'grouping', self._loose_id(text),
                f'{text[:1].upper()}{text[1:]} (named without a list)',
                [Citation(ANALYSIS, 'recalled')],
                {'kind': 'loosely-named',
                 'definition_note': f'{definition} It has no members here.'}, [text])
        self._add_m49()

    def _add_m49(self):
        """The regions and subregions of UN M49, each state in both of its own."""
        members = {}
        for row in self._facts.peek('states'):
            if row['iso3'] not in ECONOMIES:
                for level in ('un_region', 'un_subregion'):
                    members.setdefault((level, row[level]), []).append(row['iso3'])
        for (level, region), codes in sorted(members.items()):
            kind = 'region' if level == 'un_region' else 'subregion'
            name = self._dataset.add_node(
                'grouping', f'm49-{words(region)}', f'{region} (UN M49)',
                [self._sources.country_codes()],
                {'kind': 'un-m49',
                 'definition_note': f'The {kind} {region} of UN M49: the {len(codes)} states of '
                                    f'this dataset that lie in it. The intermediate region counts '
                                    f'as the subregion where there is one.'}, [region])
            for code in codes:
                self._dataset.add_edge('MEMBER_OF_GROUPING', self.name(code), name,
                                       [self._sources.country_codes()])
        self._dataset.report.note(
            'TWN is an economy, listed in transfer statistics only. Its region is kept as a property '
            'and it is in no grouping of UN M49, which has no entry for it.')
