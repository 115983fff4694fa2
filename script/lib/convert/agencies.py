"""Agencies, the roles they hold, and what these roles serve."""

import re

from .dates import is_date
from .problem import Refused
from .roles import PARTS, ROLES, display_name

ROLE_FORM = re.compile(r'([a-z0-9-]+)(?:\(([^)]+)\))?')

# Agencies that publish evidence and are not in the table of agencies: id: state, name, kind.
ADDED = {'phl-dti': ('PHL', 'Department of Trade and Industry', 'trade')}
# The publishers of evidence that are agencies.
PUBLISHERS = {'phl-dfa': 'agencies/phl-mfa', 'phl-dti': 'agencies/phl-dti'}


def convert(facts, dataset, sources, places):
    """Makes agencies, roles and the statements between them."""
    used = {ROLE_FORM.fullmatch(text)[1] for row in facts.peek('agencies')
            for text in row.items_of('roles') if ROLE_FORM.fullmatch(text)}
    _add_roles(used, dataset, sources)
    for row in facts.rows('agencies'):
        citation = sources.cite(row['source_url'])
        agency = dataset.add_node('agency', row['agency_id'], row['name'], [citation],
                                  {'kind': row['kind'], 'state': places.name(row['iso3'])})
        dataset.add_edge('AGENCY_OF', agency, places.name(row['iso3']), [citation])
        for text in row.items_of('roles'):
            role, subject, since = _role(text)
            dataset.add_edge('HOLDS_ROLE', agency, f'roles/{role}', [citation],
                             {'subject': subject}, subject, valid_from=since)
    for row in facts.peek('evidence'):
        if row['publisher'] in ADDED:
            iso3, name, kind = ADDED[row['publisher']]
            citation = sources.cite(row['url'])
            agency = dataset.add_node('agency', row['publisher'], name, [citation],
                                      {'kind': kind, 'state': places.name(iso3),
                                       'note': 'Added as a publisher of evidence.'})
            dataset.add_edge('AGENCY_OF', agency, places.name(iso3), [citation])
    facts.report.note('Two publishers of evidence are agencies: phl-dfa is agencies/phl-mfa (the '
                      'Department of Foreign Affairs); phl-dti was added to the agencies.')


def _role(text):
    """Role, subject and date of `role(subject)` or `role(2008)`."""
    match = ROLE_FORM.fullmatch(text)
    if not match or match[1] not in ROLES:
        raise Refused(f'the role `{text}` is not known; add it to the roles')
    note = match[2] or ''
    return (match[1], '', note) if is_date(note) else (match[1], note, '')


def _add_roles(used, dataset, sources):
    unused = sorted(set(ROLES) - used)
    if unused:
        raise Refused(f'no agency holds the role {unused[0]}; take it from the roles')
    unknown = sorted(set(PARTS) - set(ROLES))
    if unknown:
        raise Refused(f'there is no role {unknown[0]} that could have a part')
    for role in sorted(used & set(ROLES)):
        themes, instruments = ROLES[role]
        name = dataset.add_node('role', role, display_name(role),
                                [sources.analysis('Our own vocabulary.')],
                                {'part': PARTS.get(role, '')})
        for theme in themes:
            dataset.add_edge('ROLE_SERVES', name, f'themes/{theme}', [sources.analysis()])
        for instrument in instruments:
            dataset.add_edge('ROLE_UNDER', name, f'instruments/{instrument}', [sources.analysis()])
