"""Organizations and their members."""

from .dataset import Citation
from .dates import is_date
from .sources import BACKGROUND
from .un_admission import ADMITTED

# Organizations that other tables name and the table of organizations does not hold.
# id: name, kind, region, website, note.
ADDED = {
    'un': ('United Nations', 'intergovernmental-organization', 'global', 'un.org',
           'Added for its members, whom some instruments address.'),
    'nato': ('North Atlantic Treaty Organization', 'intergovernmental-organization',
             'north atlantic', 'nato.int',
             'Added as a buyer named in transfer statistics (private code XNA).'),
    'ohchr': ('Office of the UN High Commissioner for Human Rights', 'un-body', 'global',
              'ohchr.org', 'Added as a publisher of evidence; it serves the Special Rapporteur on '
                           'Myanmar.'),
    'the-diplomat': ('The Diplomat', 'media', 'asia-pacific', 'thediplomat.com',
                     'Added as a publisher of evidence.'),
    'jstage': ('J-STAGE (electronic journals of Japan)', 'media', 'japan', 'jstage.jst.go.jp',
               'Added as a publisher of evidence.'),
}
ALIASES = {'un': ['UN'], 'nato': ['NATO'], 'ohchr': ['OHCHR'], 'asean': ['ASEAN'], 'pif': ['PIF'],
           'sipri': ['SIPRI'], 'small-arms-survey': ['SAS'], 'icrc': ['ICRC'],
           'unodc': ['UNODC'], 'unoda': ['UNODA'], 'unrcpd': ['UNRCPD'], 'unidir': ['UNIDIR'],
           'oco': ['OCO'], 'picp': ['PICP'], 'pidc': ['PIDC'], 'saarc': ['SAARC'],
           'wco': ['WCO'], 'msg': ['MSG'], 'apec': ['APEC'], 'arf': ['ARF'], 'nsg': ['NSG'],
           'mtcr': ['MTCR'], 'iora': ['IORA'], 'sco': ['SCO']}


class Organizations:
    """Makes the nodes of organizations and the statements of membership."""

    def __init__(self, facts, dataset, sources, places):
        self._dataset, self._sources, self._places = dataset, sources, places
        for row in facts.rows('organizations'):
            self._add(row)
        for key, (name, kind, region, website, note) in ADDED.items():
            dataset.add_node('organization', key, name, [Citation(BACKGROUND, 'unverified')], {
                'kind': kind, 'region_scope': region, 'website_domain': website, 'note': note},
                ALIASES.get(key, ()))
        facts.report.note('Organizations added because other tables name them: '
                          f'{", ".join(sorted(ADDED))}. They are background knowledge.')
        for row in facts.rows('organization_members'):
            self._add_member(row)
        self._add_un_members(facts)

    def _add(self, row):
        seat = row['hq_iso3'] if row['hq_iso3'] not in ('unknown', 'none', '') else ''
        known = row['hq_city'] not in ('unknown', 'none')
        self._dataset.add_node(
            'organization', row['org_id'], row['name'], [self._sources.cite(row['source_url'])], {
                'kind': row['kind'], 'region_scope': row['region_scope'],
                'seat_city': row['hq_city'] if known else '',
                'seat_state': self._places.name(seat) if seat else '',
                'website_domain': row['website_domain_only']
                if row['website_domain_only'] not in ('unknown', 'none') else '',
                'note': 'It has no seat.' if row['hq_city'] == 'none' else ''},
            ALIASES.get(row['org_id'], ()))

    def _add_member(self, row):
        dated = is_date(row['since'])
        self._dataset.add_edge(
            'MEMBER_OF', self._places.name(row['iso3']), f'organizations/{row["org_id"]}',
            [self._sources.cite(row['source_url'])],
            {'role': row['role'], 'since_note': '' if dated else row['since']},
            row['role'], valid_from=row['since'] if dated else '')

    def _add_un_members(self, facts):
        for row in facts.peek('states'):
            if row['un_member'] != 'true':
                continue
            admitted = ADMITTED.get(row['iso3'], '')
            citations = [self._sources.country_codes()]
            if admitted:
                citations.append(Citation(BACKGROUND, 'unverified', note='The date of admission.'))
            self._dataset.add_edge('MEMBER_OF', self._places.name(row['iso3']), 'organizations/un',
                                   citations, {'role': 'member'}, 'member', valid_from=admitted)
        facts.report.note('Members of the United Nations come from the table of states. Dates of '
                          'admission after 1980 are background knowledge; earlier ones are left '
                          'out.')
