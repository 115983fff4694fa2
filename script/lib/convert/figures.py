"""Published figures that our counts can be set beside."""

from .dates import date
from .problem import Refused
from .slug import shorten

SAS = 'https://www.smallarmssurvey.org/project/' \
    'addressing-challenges-arms-trade-treaty-universalization-through-networking-and-engagement'
UNRCPD = 'https://unrcpd.org/?p=8301'
SIPRI_2025 = 'https://www.sipri.org/sites/default/files/2025-03/fs_2503_at_2024_0.pdf'

# The lists of states that the Survey's 40 might be, and the sets it was tested against.
SAS_CANDIDATES = ('sas-indo-pacific-40-candidate-a', 'sas-indo-pacific-40-candidate-b',
                  'canada-indo-pacific-strategy-40', 'indo-pacific-wide-indian-ocean', 'unrcpd-43',
                  'un-asia-pacific-group')
UNRCPD_CANDIDATES = ('un-asia-pacific-group', 'unrcpd-43')

# id: claim, number, total, what is counted, date, about what, region sets, source, properties.
CLAIMS = {
    'sas-18-of-40': (
        '18 of the 40 states of the Indo-Pacific are parties to the Arms Trade Treaty', 18, 40,
        'parties', '2024-08', 'instruments/att', SAS_CANDIDATES, SAS, {
            'publisher': 'organizations/small-arms-survey', 'result': 'not-reproduced',
            'as_of_note': 'The page gives no date. It stood there in 2025 and rests on a report of '
                          'August 2024, whose month is taken.',
            'explanation': 'The list of the 40 is not published where we could read it. Lists of '
                           '40 give 11 to 13 parties; 18 needs a wider region of 48 or more. '
                           'Quote it as the statement of the Survey, with our count and its list '
                           'beside it.'}),
    'unrcpd-2025-parties': (
        '15 states of Asia and the Pacific are parties to the Arms Trade Treaty; 11 are signatories '
        'and about 30 stand outside', 15, 56, 'parties', '2025-02', 'instruments/att',
        UNRCPD_CANDIDATES, UNRCPD, {
            'publisher': 'organizations/unrcpd', 'result': 'differs', 'our_count_then': 13,
            'explanation': 'The three numbers make 56, the size of the UN group; the Centre itself '
                           'serves 43 states and associated ones. On the UN group we count 13 '
                           'parties, 12 signatories and 31 others at that date.'}),
    'unrcpd-2025-signatories': (
        '11 states of Asia and the Pacific have signed the Arms Trade Treaty and are not parties',
        11, 56, 'signatories-only', '2025-02', 'instruments/att', UNRCPD_CANDIDATES, UNRCPD, {
            'publisher': 'organizations/unrcpd', 'result': 'differs', 'our_count_then': 12,
            'explanation': 'On the UN group we count 12 states that signed and are not parties at '
                           'that date.'}),
    'sipri-3-of-25-exporters': (
        '3 of the 25 largest exporters of arms in 2020-2024 are in the Indo-Pacific', 3, 25,
        'top-exporters', '2024', 'datasets/sipri-transfers-2020-2024',
        ('canada-indo-pacific-strategy-40',), SIPRI_2025, {
            'publisher': 'organizations/sipri', 'result': 'match', 'our_count_then': 3,
            'explanation': 'China is 4th, the Republic of Korea 10th and Australia 17th. The '
                           'edition of March 2026 gives 3 as well: 5th, 9th and 22nd.'}),
    'sipri-11-of-40-importers': (
        '11 of the 40 largest importers of arms in 2020-2024 are in the Indo-Pacific', 11, 40,
        'top-importers', '2024', 'datasets/sipri-transfers-2020-2024',
        ('canada-indo-pacific-strategy-40',), SIPRI_2025, {
            'publisher': 'organizations/sipri', 'result': 'match', 'our_count_then': 11,
            'explanation': '11 without Taiwan, 12 with it. The edition of March 2026 gives 10 '
                           'without and 11 with it: New Zealand dropped out.'}),
}

# Instruments that are endorsed rather than joined.
ENDORSED = ('hcoc', 'psi', 'epwa-declaration', 'safe-schools-declaration',
            'political-declaration-military-ai')


def convert(facts, dataset, sources, instruments):
    """Makes the figures that were published in words, and one of each check of a total."""
    for key, (claim, value, total, counted, as_of, about, sets, address, more) in CLAIMS.items():
        citation = sources.cite(address)
        name = dataset.add_node('figure', key, claim, [citation], {
            'claim': claim, 'published_count': value, 'published_total': total,
            'counted': counted, 'as_of': as_of, **more})
        dataset.add_edge('FIGURE_ABOUT', name, about, [citation])
        for grouping in sets:
            dataset.add_edge('COUNTED_OVER', name, f'groupings/{grouping}', [sources.analysis()],
                             {'candidate': True})
    for row in facts.rows('participation_checks'):
        _add_check(row, dataset, sources, instruments)


def _add_check(row, dataset, sources, instruments):
    if row['result'] not in ('match', 'differs'):
        raise Refused(f'the result is `{row["result"]}`; write match or differs')
    key, counted = row['instrument_id'], 'parties'
    if row['note'].startswith('signatories'):
        counted = 'signatories'
    elif key in ENDORSED:
        counted = 'endorsers'
    claim = f'{instruments.short_name(key)}: {row["published_total_parties"]} {counted} on ' \
            f'{row["as_of"]}'
    citation = sources.cite(row['source_url'])
    slug = f'check-{key}-{row["as_of"]}-{counted}'
    name = dataset.add_node('figure', shorten(slug, slug), claim, [citation], {
        'claim': claim, 'published_count': row['published_total_parties'], 'counted': counted,
        'as_of': date(row['as_of']), 'our_count_then': row['your_count'],
        'result': row['result'], 'explanation': row['note']})
    dataset.add_edge('FIGURE_ABOUT', name, instruments.name(key), [citation])
