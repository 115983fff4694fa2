"""Who signed, consented to, endorsed or left which instrument, and when."""

from .dates import date
from .problem import Refused

CONSENT = ('ratification', 'acceptance', 'approval', 'accession', 'succession', 'membership')


class Participation:
    """Makes one statement of each act, and ends those that a withdrawal ends."""

    def __init__(self, facts, dataset, sources, places, instruments):
        self._dataset, self._sources, self._report = dataset, sources, facts.report
        self._places, self._instruments = places, instruments
        self._acts = {}  # Statements by state and instrument.
        withdrawals = []
        for row in facts.rows('participation'):
            state = places.name(row['iso3'])
            instrument = instruments.name(row['instrument_id'])
            if row['action'] == 'withdrawal':
                withdrawals.append(row)
                self._report.set_aside(
                    f'{row["iso3"]} {row["instrument_id"]} {row["date"]}',
                    'a withdrawal ends the statements of that state (and, where the instrument is '
                    'in force, its signature); its date is their end, its source is added to theirs')
                continue
            edge = self._add(row, state, instrument)
            self._acts.setdefault((state, instrument), []).append(edge)
        for row in withdrawals:
            try:
                self._withdraw(row)
            except Refused as error:
                raise Refused(f'{row}: {error}') from error

    def _cite(self, row):
        return self._sources.cite(row['source_url_or_repo_path'], retrieved=date(row['as_of']))

    def _add(self, row, state, instrument):
        action, properties = row['action'], {'note': row['note']}
        if action == 'signature' or row['note'] == 'succession to signature':
            kind, qualifier = 'SIGNED', ''
        elif action in CONSENT:
            kind, qualifier = 'CONSENTED_TO', action
        elif action == 'endorsement':
            kind, qualifier = 'ENDORSED', ''
        else:
            raise Refused(f'the action `{action}` is not known')
        properties['act'] = action
        return self._dataset.add_edge(kind, state, instrument, [self._cite(row)], properties,
                                      qualifier, valid_from=date(row['date']))

    def _withdraw(self, row):
        instrument_row = self._instruments.rows[row['instrument_id']]
        acts = self._acts.get((self._places.name(row['iso3']),
                               self._instruments.name(row['instrument_id'])), [])
        if not any(edge.type == 'CONSENTED_TO' for edge in acts) or not row['date']:
            raise Refused('there is no consent that this withdrawal could end, or it has no date')
        note = f'Ended by withdrawal on {row["date"]}' + (f' ({row["note"]})' if row['note'] else '')
        for edge in acts:
            if edge.type == 'SIGNED' and not instrument_row['entry_into_force']:
                continue  # The signature stays: the instrument never came to be in force.
            edge.valid_to = date(row['date'])
            edge.properties['withdrawal_note'] = f'{note}.'
            if self._cite(row) not in edge.citations:
                edge.citations.append(self._cite(row))
