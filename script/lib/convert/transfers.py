"""Arms transfers: ranks of exporters and importers, and who supplies whom."""

import re

from .dates import span
from .problem import Refused

# How the tables name an edition, and what is known of it.
DATASETS = {
    'SIPRI Trends in International Arms Transfers 2024 (March 2025) - recomputed from trade '
    'register': ('sipri-transfers-2020-2024', '2025-03',
                 'SIPRI Trends in International Arms Transfers 2024 (2020-2024)',
                 'Recomputed from a copy of the SIPRI trade register of 12 February 2026. It '
                 'reproduces the published headline figures; the last decimal may differ.'),
    'SIPRI Trends in International Arms Transfers 2025 (March 2026)': (
        'sipri-transfers-2021-2025', '2026-03',
        'SIPRI Trends in International Arms Transfers 2025 (2021-2025)',
        'Values of the published table as found in a public copy; the fact sheet itself was not '
        'opened. The change from the period before is not held.'),
}
LICENCE = 'Copyright SIPRI; free for non-commercial use with attribution.'
SHARE_OF = {'export': 'exports', 'import': 'imports'}
# What the edition calls its two tables.
TABLES = {'export': 'largest exporters', 'import': 'largest importers'}


def convert(facts, dataset, sources, places):
    """Makes one dataset for each edition, a rank for each row and a flow for each partner."""
    made = set()
    for row in facts.rows('arms_transfers'):
        if row['dataset'] not in DATASETS:
            raise Refused(f'the dataset `{row["dataset"]}` is not known')
        key, published, title, method = DATASETS[row['dataset']]
        start, end = span(row['period'])
        if key not in made:
            made.add(key)
            whole = sources.cite(row['source_url'], note=row['note'])
            dataset.add_node('dataset', key, title, [whole], {
                'publisher': 'organizations/sipri', 'published': published,
                'period': row['period'], 'period_from': start, 'period_to': end, 'method': method,
                'licence': LICENCE, 'url': row['source_url']},
                [row['dataset'], f'SIPRI {row["period"]}'])
        if row['direction'] not in SHARE_OF:
            raise Refused(f'the direction is `{row["direction"]}`; write export or import')
        place = places.name(row['iso3'])
        citation = sources.cite(row['source_url'], note=row['note'],
                                locator=f'Table of the {TABLES[row["direction"]]}, rank '
                                        f'{row["rank"]}')
        dataset.add_edge('RANKED_IN', place, f'datasets/{key}', [citation], {
            'direction': row['direction'], 'rank': row['rank'], 'share_pct': row['share_pct'],
            'change_pct': row['change_pct'], 'note': row['note']},
            row['direction'], valid_from=start, valid_to=end)
        for item in row.items_of('main_partners'):
            match = re.fullmatch(r'([A-Z]{3}):(\d+(?:\.\d+)?)', item)
            if not match:
                raise Refused(f'the partner `{item}` is not written as CODE:percent')
            partner = places.name(match[1])
            supplier, recipient = (place, partner) if row['direction'] == 'export' \
                else (partner, place)
            share_of = SHARE_OF[row['direction']]
            dataset.add_edge('SUPPLIES', supplier, recipient, [citation], {
                'share_pct': match[2], 'share_of': share_of, 'dataset': f'datasets/{key}',
                'period': row['period']}, f'{key}-{share_of}', valid_from=start, valid_to=end)
