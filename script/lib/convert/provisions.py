"""The themes, the provisions of instruments, and which theme each provision serves."""

from .problem import Refused
from .provision_starts import STARTED, started
from .slug import shorten, words
from .sources import BACKGROUND
from .dataset import Citation

CONFIDENCE = {'text-seen': 'seen', 'structure-seen': 'structure-seen', 'recalled': 'recalled'}


class Provisions:
    """Makes the nodes of themes and provisions, and looks provisions up."""

    def __init__(self, facts, dataset, sources, instruments):
        self._dataset, self._instruments = dataset, instruments
        self._report = facts.report
        self._names = {}
        self.themes = set()
        for row in facts.rows('obligation_themes'):
            self.themes.add(row['theme_id'])
            dataset.add_node('theme', row['theme_id'], row['name'],
                             [sources.analysis('Our own vocabulary.')],
                             {'description': row['description']})
        citations = {}
        for row in facts.peek('provisions'):
            if row['check'] not in CONFIDENCE:
                raise Refused(f'{row}: the check `{row["check"]}` is not known')
            cited = citations.setdefault((row['instrument_id'], row['provision_ref']), [])
            one = self._cite(sources, row)
            if one not in cited:
                cited.append(one)
        for row in facts.rows('provisions'):
            key = (row['instrument_id'], row['provision_ref'])
            if key not in self._names:
                self._add(*key, citations[key])
            if row['theme_id'] not in self.themes:
                raise Refused(f'`{row["theme_id"]}` is no obligation theme')
            dataset.add_edge('SERVES', self._names[key], f'themes/{row["theme_id"]}',
                             [self._cite(sources, row)],
                             {'strength': row['strength'], 'paraphrase': row['paraphrase']})
        unused = [key for key in STARTED if not any(
            instrument == key[0] and reference.startswith(key[1])
            for instrument, reference in self._names)]
        if unused:
            raise Refused(f'these dates are of no provision: {unused}')
        self._report.note('Provisions that are younger than their instrument have a start, '
                          'which is background knowledge; all others are as old as it.')

    @staticmethod
    def _cite(sources, row):
        return sources.cite(row['source_url'], CONFIDENCE[row['check']],
                            locator=row['provision_ref'])

    def _add(self, instrument_id, reference, citations):
        slug = words(f'{instrument_id} {reference}')
        name = self._dataset.add_node(
            'provision', shorten(slug, f'{instrument_id} {reference}'),
            self._title(instrument_id, reference), citations,
            {'ref': reference})
        self._names[instrument_id, reference] = name
        start = started(instrument_id, reference)
        if start:
            citations = citations + [Citation(BACKGROUND, 'unverified', note='The date.')]
        self._dataset.add_edge('HAS_PROVISION', self._instruments.name(instrument_id), name,
                               citations, valid_from=start)

    def _title(self, instrument_id, reference):
        # Some references name a resolution themselves: that of the instrument, or one beside it.
        instrument = self._instruments.short_name(instrument_id)
        names_itself = reference.split()[0] == instrument.split()[0]
        return reference if names_itself else f'{instrument} {reference}'

    def find(self, instrument_id, reference):
        """The name of a provision of the table."""
        if (instrument_id, reference) not in self._names:
            raise Refused(f'there is no provision {reference} of {instrument_id}')
        return self._names[instrument_id, reference]

    def find_or_add(self, instrument_id, reference, citation):
        """The name of a provision; one that serves no theme is made where there is none."""
        if (instrument_id, reference) not in self._names:
            self._add(instrument_id, reference, [citation])
            self._report.note(f'The provision {reference} of {instrument_id} answers a concern but '
                              f'serves no theme in the table of provisions.')
        return self._names[instrument_id, reference]
