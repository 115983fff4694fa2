"""What organizations work on, and whom funds and assistance are open to. Our own coding, save where
a page was read."""

from dataclasses import dataclass

from .dataset import Citation
from .problem import Refused
from .sources import ANALYSIS

# organization: the themes of its standing work.
WORKS_ON = {
    'interpol': ['information-exchange', 'law-enforcement-cooperation', 'tracing'],
    'wco': ['border-control', 'import-control', 'information-exchange',
            'transit-transshipment'],
    'rilo-ap': ['border-control', 'information-exchange'],
    'asean-somtc-wg-arms': ['enforcement-criminalisation', 'information-exchange',
                            'law-enforcement-cooperation', 'regional-cooperation'],
    'aseanapol': ['information-exchange', 'law-enforcement-cooperation'],
    'oco': ['border-control', 'import-control', 'information-exchange',
            'transit-transshipment'],
    'picp': ['information-exchange', 'law-enforcement-cooperation'],
    'pidc': ['border-control', 'information-exchange'],
    'ptcn': ['information-exchange', 'law-enforcement-cooperation'],
    'ptccc': ['information-exchange', 'law-enforcement-cooperation'],
    'ffa': ['maritime-security'],
    'msmt': ['embargo-implementation'],
    'exbs': ['border-control', 'dual-use-control', 'export-licensing',
             'transit-transshipment', 'wmd-nonproliferation'],
    'att-sponsorship': ['institutional-governance', 'universalization'],
    'salient': ['border-control', 'enforcement-criminalisation', 'gender-based-violence',
                'legislation', 'stockpile-management'],
}

FUNDING_MECHANISMS = 'https://disarmament.unoda.org/conventional-arms/funding-mechanisms/'
SUPPORT_MECHANISM = 'https://database.thearmstradetreaty.org/internal-support-mechanism'
UNSCAR = 'http://www.un.org/disarmament/UNSCAR/'
# Pages that were read for these rules alone.
PAGES = {FUNDING_MECHANISMS: 'Conventional arms funds', UNSCAR: 'UNSCAR'}


@dataclass(frozen=True)
class Assistance:
    """Help under an instrument: whom it is open to, and who asks for it."""
    organization: str
    instrument: str
    open_to: tuple
    asked_by: str
    rule: str
    whole: bool = True  # It helps with all that the instrument asks for.
    confidence: str = 'seen'
    page: str = ''      # Where it was read; empty for a rule that is known and was not opened.


_SPONSORED = 'Pays for experts of states to take part in meetings under the treaty.'
_THROUGH_OTHERS = ('UN partners, international and regional organizations, civil society and '
                   'research institutes apply; a government works with one of them.')
_TWO_AGENCIES = ('A proposal comes from at least two UN agencies together with the government and '
                 'the resident coordinator.')
_ON_REQUEST = 'Helps the states of its mandate on their request.'

ASSISTANCE = [
    Assistance('att-vtf', 'att', ('party', 'signatory', 'committed'), 'state',
               'Open to parties first, to signatories, and to other states that have shown a clear '
               'political commitment to join.', confidence='structure-seen', page=SUPPORT_MECHANISM),
    Assistance('att-sponsorship', 'att', ('any-state',), 'state', _SPONSORED, whole=False,
               page=SUPPORT_MECHANISM),
    Assistance('unscar', 'att', ('any-state',), 'organization', _THROUGH_OTHERS, page=UNSCAR),
    Assistance('unscar', 'unpoa', ('any-state',), 'organization', _THROUGH_OTHERS, page=UNSCAR),
    Assistance('salient', 'unpoa', ('chosen',), 'organization', _TWO_AGENCIES, whole=False,
               page=FUNDING_MECHANISMS),
    Assistance('exbs', 'unscr-1540', ('chosen',), 'state',
               'Partners are chosen by the United States.', whole=False),
    Assistance('eu-eeas', 'att', ('chosen',), 'state',
               'Outreach projects help states that ask, within the regions that a decision names.'),
    Assistance('unrcpd', 'att', ('mandate',), 'state', _ON_REQUEST),
    Assistance('unrcpd', 'unpoa', ('mandate',), 'state', _ON_REQUEST),
    Assistance('unrcpd', 'iti', ('mandate',), 'state', _ON_REQUEST),
    Assistance('unsc-1540-committee', 'unscr-1540', ('un-member',), 'state',
               'Matches requests of states with offers of assistance; it has no money of its own.'),
]


def convert(facts, dataset, sources, instruments):
    """Makes the statements of what organizations work on and whom they assist."""
    for organization, themes in WORKS_ON.items():
        for theme in themes:
            dataset.add_edge('WORKS_ON', _existing(dataset, f'organizations/{organization}'),
                             _existing(dataset, f'themes/{theme}'), [sources.analysis()])
    for address, title in PAGES.items():
        sources.add_page(address, title)
    for row in ASSISTANCE:
        citation = sources.cite(row.page, row.confidence) if row.page else Citation(ANALYSIS, 'recalled')
        dataset.add_edge(
            'ASSISTS_UNDER', _existing(dataset, f'organizations/{row.organization}'),
            instruments.name(row.instrument), [citation],
            {'open_to': row.open_to, 'asked_by': row.asked_by, 'whole_instrument': row.whole,
             'rule': row.rule})
    facts.report.note('What organizations work on (WORKS_ON) is our own coding. Whom assistance is '
                      'open to (ASSISTS_UNDER) was read on a page where one is cited; the rest is '
                      'known and was not opened.')


def _existing(dataset, name):
    if name not in dataset.nodes:
        raise Refused(f'there is no {name}')
    return name
