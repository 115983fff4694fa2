"""Concerns that states voice, what answers them, and the evidence on them."""

from .agencies import PUBLISHERS
from .concern_themes import CONCERN_THEMES
from .dates import date
from .problem import Refused


class Concerns:
    """Makes challenges, concern themes and evidence, with the statements between them."""

    def __init__(self, facts, dataset, sources, places, provisions):
        self._dataset, self._sources = dataset, sources
        self._places, self._provisions = places, provisions
        self._themes = set()
        self._challenges = set()
        for row in facts.rows('challenges'):
            self._add_challenge(row)
        for row in facts.rows('challenge_provisions'):
            self._add_answer(row)
        for row in facts.rows('evidence'):
            self._add_evidence(row)

    def _challenge(self, challenge_id):
        if challenge_id not in self._challenges:
            raise Refused(f'`{challenge_id}` is no challenge')
        return f'challenges/{challenge_id}'

    def _concern_theme(self, theme):
        if theme not in CONCERN_THEMES:
            raise Refused(f'the concern theme `{theme}` is not known')
        if theme not in self._themes:
            self._themes.add(theme)
            name, description = CONCERN_THEMES[theme]
            self._dataset.add_node('concern_theme', theme, name,
                                   [self._sources.analysis('Our own vocabulary.')],
                                   {'description': description})
        return f'concern-themes/{theme}'

    def _add_challenge(self, row):
        holder = self._places.holder(row['iso3_or_grouping'])
        theme = self._concern_theme(row['theme'])
        citation = self._sources.cite(row['source_url'])
        who = self._dataset.nodes[holder].display_name.removesuffix(' (named without a list)')
        self._challenges.add(row['challenge_id'])
        name = self._dataset.add_node(
            'challenge', row['challenge_id'],
            f'{CONCERN_THEMES[row["theme"]][0]} ({who}, {row["year"]})', [citation],
            {'paraphrase': row['paraphrase'], 'year': row['year'],
             'source_title': row['source_title']})
        self._dataset.add_edge('VOICED', holder, name, [citation], valid_from=date(row['year']))
        self._dataset.add_edge('CONCERNS', name, theme, [self._sources.analysis()])

    def _add_answer(self, row):
        citation = self._sources.analysis(locator=row['provision_ref'])
        provision = self._provisions.find_or_add(row['instrument_id'], row['provision_ref'],
                                                 citation)
        self._dataset.add_edge('ANSWERED_BY', self._challenge(row['challenge_id']), provision,
                               [citation], {'how_it_answers': row['how_it_answers']})

    def _add_evidence(self, row):
        citation = self._sources.cite(row['url'])
        name = self._dataset.add_node(
            'evidence', row['evidence_id'], row['title'], [citation],
            {'kind': row['kind'], 'date': date(row['date']), 'url': row['url']})
        publisher = PUBLISHERS.get(row['publisher'], f'organizations/{row["publisher"]}')
        self._dataset.add_edge('PUBLISHED', publisher, name, [citation],
                               valid_from=date(row['date']))
        for item in row.items_of('addresses'):
            if item in self._provisions.themes:
                target = f'themes/{item}'
            else:
                target = self._challenge(item)
            self._dataset.add_edge('ADDRESSES', name, target, [self._sources.analysis()])
        for item in row.items_of('states_or_region'):
            self._dataset.add_edge('EVIDENCE_ON', name, self._places.holder(item), [citation])
