"""Rules by which further statements follow from those that are held."""

from dataclasses import dataclass

from .dataset import Citation
from .instruments import is_addressed_to_all
from .sources import ANALYSIS


@dataclass(frozen=True)
class Offset:
    """How long after the deposit of an instrument a treaty is in force for a state."""
    article: str
    days: int = 0
    months: int = 0
    first_day: bool = False
    wording: str = ''


def _days(article, days):
    return Offset(article, days=days, wording=f'{days} days after the deposit of its instrument')


def _months(article, months, wording):
    return Offset(article, months=months, wording=f'{wording} after the deposit of its instrument')


def _at_once(article):
    return Offset(article, wording='on the day of the deposit of its instrument')


_SIXTH_MONTH = 'on the first day of the sixth month after that of the deposit of its instrument'

# The clauses on entry into force for a state that consents; known texts, not opened.
OFFSETS = {
    'att': _days('Art. 22', 90),
    'untoc': _days('Art. 38', 30),
    'firearms-protocol': _days('Art. 18', 30),
    'tip-protocol': _days('Art. 17', 30),
    'som-protocol': _days('Art. 22', 30),
    'uncac': _days('Art. 68', 30),
    'npt': _at_once('Art. IX'),
    'tpnw': _days('Art. 15', 90),
    'bwc': _at_once('Art. XIV'),
    'cwc': _days('Art. XXI', 30),
    'enmod': _at_once('Art. IX'),
    'ccw': _months('Art. 5', 6, 'six months'),
    'ccw-p-i': _months('CCW Art. 5', 6, 'six months'),
    'ccw-p-ii': _months('CCW Art. 5', 6, 'six months'),
    'ccw-p-iii': _months('CCW Art. 5', 6, 'six months'),
    'ccw-p-iv': _months('CCW Art. 5', 6, 'six months'),
    'ccw-ap-ii': _months('CCW Art. 5', 6, 'six months'),
    'ccw-p-v': _months('CCW Art. 5', 6, 'six months'),
    'ccw-amendment-art1': _months('CCW Art. 8 and 5', 6, 'six months'),
    'apmbc': Offset('Art. 17', months=6, first_day=True, wording=_SIXTH_MONTH),
    'ccm': Offset('Art. 17', months=6, first_day=True, wording=_SIXTH_MONTH),
    'geneva-conventions-1949': _months('common final provisions, such as Art. 58 and 61 of the '
                                       'First Convention', 6, 'six months'),
    'ap-i': _months('Art. 95', 6, 'six months'),
    'ap-ii': _months('Art. 23', 6, 'six months'),
    'genocide-convention': _days('Art. XIII', 90),
    'rome-statute': Offset('Art. 126', days=60, months=1, first_day=True,
                           wording='on the first day of the month after the 60th day after the '
                                   'deposit of its instrument'),
    'rome-statute-aggression-amendment': _months('Rome Statute Art. 121', 12, 'one year'),
    'cedaw': _days('Art. 27', 30),
    'cedaw-op': _months('Art. 16', 3, 'three months'),
    'crc': _days('Art. 49', 30),
    'crc-opac': _months('Art. 10', 1, 'one month'),
    'cat': _days('Art. 27', 30),
    'terrorist-bombings-convention': _days('Art. 22', 30),
    'terrorism-financing-convention': _days('Art. 26', 30),
    'nuclear-terrorism-convention': _days('Art. 25', 30),
    'hostages-convention': _days('Art. 18', 30),
    'mercenaries-convention': _days('Art. 19', 30),
    'unclos': _days('Art. 308', 30),
    'rarotonga': _at_once('Art. 15'),
    'bangkok-treaty': _at_once('Art. 16'),
    'pelindaba': _at_once('Art. 18'),
}

# Collective acts that commit the members of an organization.
THROUGH = {
    'asean-arms-smuggling-declaration': 'asean', 'asean-poa-transnational-crime': 'asean',
    'nadi-framework': 'pif', 'boe-declaration': 'pif', 'nasonini-declaration': 'pif',
    'biketawa-declaration': 'pif',
}


def convert(facts, dataset, sources, instruments):
    """Makes the nodes of rules; what follows from them is derived when the dataset is loaded."""
    without = []
    for key, row in sorted(instruments.rows.items()):
        if key in OFFSETS:
            _add_offset(dataset, sources, row, OFFSETS[key])
        elif row['entry_into_force'] and not is_addressed_to_all(row):
            without.append(key)
        if is_addressed_to_all(row):
            _add_through(dataset, row, 'addressed', 'un', 'ADDRESSED_BY',
                         f'The {row["short_name"]} addresses every member of the United Nations.',
                         Citation(sources.cite(row['source_url']).source, 'recalled'))
        if key in THROUGH:
            organization = dataset.nodes[f'organizations/{THROUGH[key]}'].display_name
            _add_through(dataset, row, 'committed', THROUGH[key], 'COMMITTED_THROUGH',
                         f'The {row["short_name"]} is a collective act of the members of the '
                         f'{organization}.', Citation(ANALYSIS, 'recalled'))
    facts.report.note('Treaties in force without a rule of entry into force, because the clause is '
                      f'not known firmly enough or turns on more than a deposit: '
                      f'{", ".join(without)}.')


def _add_offset(dataset, sources, row, offset):
    key = row['instrument_id']
    statement = f'The {row["short_name"]} is in force for a state {offset.wording}, and not before ' \
                f'it entered into force itself on {row["entry_into_force"]}.'
    dataset.add_node('rule', f'in-force-{key}', f'{row["short_name"]}, entry into force',
                     [Citation(sources.cite(row['source_url']).source, 'recalled', offset.article)],
                     {'kind': 'offset', 'statement': statement, 'article': offset.article,
                      'instrument': f'instruments/{key}', 'derives': 'IN_FORCE_FOR',
                      'from_edge': 'CONSENTED_TO', 'add_days': offset.days,
                      'add_months': offset.months, 'first_day_of_month': offset.first_day,
                      'not_before': row['entry_into_force']})


def _add_through(dataset, row, prefix, organization, derives, statement, citation):
    key = row['instrument_id']
    dataset.add_node('rule', f'{prefix}-{key}',
                     f'{row["short_name"]}, '
                     f'{"addressed to all" if prefix == "addressed" else "committed through"} '
                     f'{"members" if prefix == "addressed" else organization.upper()}', [citation],
                     {'kind': 'through-members', 'statement': statement,
                      'instrument': f'instruments/{key}', 'derives': derives,
                      'from_edge': 'MEMBER_OF', 'organization': f'organizations/{organization}',
                      'role': 'member', 'not_before': row['adopted_date']})
