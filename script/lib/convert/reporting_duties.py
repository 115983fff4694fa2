"""Duties to report: which provision states each, what it asks for and when it is due."""

from dataclasses import dataclass, replace

from .problem import Refused


@dataclass(frozen=True)
class Duty:
    """A duty to report under an instrument, and the rule of its due dates as far as it is known."""
    instrument: str
    provision: str  # `instrument_id` and `provision_ref` of the table of provisions.
    kind: str
    content: str
    name: str
    strength: str = 'binding'
    months_after: int = 0  # After the duty began for the state: due once.
    days_after: int = 0
    every_months: int = 0  # Recurs; due on the day of the year below, where there is one.
    month: int = 0
    day: int = 0
    first_full_year: bool = False  # The first report covers the first full calendar year.
    rule: str = ''
    confidence: str = 'recalled'
    coverage: str = 'none'
    coverage_note: str = ''


_NO_DATE = 'No date on which it is due is held.'
_THIN = 'Single reports are held and no list; the absence of a report says nothing.'
_UNTIL_30_APRIL = ('Due each year by 30 April for the calendar year before; the first covers the '
                   'year in which the treaty entered into force for the state.')

# Known texts, not opened, unless a grade says otherwise.
DUTIES = {
    'att-initial': Duty(
        'att', 'att Art. 13(1)', 'initial', 'national-measures', 'ATT initial report',
        months_after=12, confidence='seen', coverage='partial', coverage_note=_THIN,
        rule='Due once, one year after the treaty entered into force for the state.'),
    'att-annual': Duty(
        'att', 'att Art. 13(3)', 'annual', 'arms-transfers', 'ATT annual report',
        every_months=12, month=5, day=31, first_full_year=True, coverage='partial',
        coverage_note='No annual report is held: the lists of the Secretariat could not be read.',
        rule='Due each year by 31 May for the calendar year before; the first covers the first '
             'full calendar year after the treaty entered into force for the state.'),
    'unpoa-national': Duty(
        'unpoa', 'unpoa Sec. II para. 33', 'national', 'national-measures',
        'UN PoA national report', 'political', coverage='partial', coverage_note=_THIN,
        rule=f'Asked for from time to time. {_NO_DATE}'),
    'iti-national': Duty(
        'iti', 'iti Sec. VI para. 36', 'national', 'national-measures', 'ITI national report',
        'political', every_months=24, coverage='partial', coverage_note=_THIN,
        rule=f'Asked for every two years. {_NO_DATE}'),
    'unroca-annual': Duty(
        'unroca', 'unroca GA res. 46/36 L para. 7', 'annual', 'arms-transfers',
        'UNROCA annual return', 'political', every_months=12, month=5, day=31,
        rule='Due each year by 31 May for the calendar year before.'),
    'unroca-small-arms': Duty(
        'unroca', 'unroca SALW under the 7+1 formula', 'annual-small-arms', 'arms-transfers',
        'UNROCA small arms return', 'political', every_months=12, month=5, day=31,
        rule='Invited each year by 31 May, beside the seven categories.'),
    'wassenaar-deliveries': Duty(
        'wassenaar', 'wassenaar Appendix 3', 'annual', 'arms-transfers',
        'Wassenaar notification of deliveries', 'political', every_months=6, confidence='seen',
        rule=f'Due twice a year. {_NO_DATE}'),
    'unscr-1540-initial': Duty(
        'unscr-1540', 'unscr-1540 OP4', 'initial', 'national-measures', 'UNSCR 1540 report',
        rule=f'Due once, to the Committee. {_NO_DATE}'),
    'unscr-1718-initial': Duty(
        'unscr-1718', 'unscr-1718 UNSCR 1718 OP11', 'initial', 'sanctions-measures',
        'UNSCR 1718 report', rule=f'Due once, to the Council. {_NO_DATE}'),
    'unscr-2270-initial': Duty(
        'unscr-1718', 'unscr-1718 UNSCR 2270 OP40', 'initial', 'sanctions-measures',
        'UNSCR 2270 report', rule=f'Due once, within ninety days of the resolution. {_NO_DATE}'),
    'cedaw-periodic': Duty(
        'cedaw', 'cedaw Art. 18', 'national', 'equality-of-women', 'CEDAW periodic report',
        every_months=48, rule=f'Due at least every four years. {_NO_DATE}'),
    'ccw-ap-ii-annual': Duty(
        'ccw-ap-ii', 'ccw Amended Protocol II Art. 13', 'annual', 'mines-and-munitions',
        'CCW Amended Protocol II annual report', every_months=12,
        rule=f'Due each year. {_NO_DATE}'),
    'apmbc-initial': Duty(
        'apmbc', 'apmbc Art. 7', 'initial', 'mines-and-munitions',
        'Mine Ban Convention initial report', days_after=180,
        rule='Due once, 180 days after the convention entered into force for the state.'),
    'apmbc-annual': Duty(
        'apmbc', 'apmbc Art. 7', 'annual', 'mines-and-munitions',
        'Mine Ban Convention annual report', every_months=12, month=4, day=30,
        rule=_UNTIL_30_APRIL),
    'ccm-initial': Duty(
        'ccm', 'ccm Art. 7', 'initial', 'mines-and-munitions',
        'Cluster Munitions Convention initial report', days_after=180,
        rule='Due once, 180 days after the convention entered into force for the state.'),
    'ccm-annual': Duty(
        'ccm', 'ccm Art. 7', 'annual', 'mines-and-munitions',
        'Cluster Munitions Convention annual report', every_months=12, month=4, day=30,
        rule=_UNTIL_30_APRIL),
    'bwc-confidence-building': Duty(
        'bwc', 'bwc Confidence-building measures', 'annual', 'confidence-building',
        'BWC confidence-building return', 'political', every_months=12, month=4, day=15,
        rule='Due each year by 15 April for the calendar year before.'),
    'cwc-initial': Duty(
        'cwc', 'cwc Art. III and VI', 'initial', 'chemicals', 'CWC initial declaration',
        days_after=30,
        rule='Due once, 30 days after the convention entered into force for the state.'),
    'cwc-annual': Duty(
        'cwc', 'cwc Art. III and VI', 'annual', 'chemicals', 'CWC annual declaration',
        every_months=12, rule=f'Due each year. {_NO_DATE}'),
}


def convert(facts, dataset, provisions, instruments):
    """Makes the nodes of duties to report, and whose they are."""
    for key, duty in DUTIES.items():
        instrument_id, reference = duty.provision.split(' ', 1)
        provision = provisions.find(instrument_id, reference)
        citations = [replace(citation, confidence=duty.confidence)
                     for citation in dataset.nodes[provision].citations]
        name = dataset.add_node('reporting_duty', key, duty.name, citations, {
            'report_kind': duty.kind, 'content': duty.content, 'strength': duty.strength,
            'statement': duty.rule, 'months_after': duty.months_after or None,
            'days_after': duty.days_after or None, 'every_months': duty.every_months or None,
            'due_month': duty.month or None, 'due_day': duty.day or None,
            'first_full_year': duty.first_full_year or None, 'coverage': duty.coverage,
            'coverage_note': duty.coverage_note})
        dataset.add_edge('ASKS_FOR_REPORT', instruments.name(duty.instrument), name, citations)
        dataset.add_edge('STATED_IN', name, provision, citations)
    _note_provisions_without_duty(facts)


def _note_provisions_without_duty(facts):
    stated = {duty.provision for duty in DUTIES.values()}
    without = []
    for row in facts.peek('provisions'):
        provision = f'{row["instrument_id"]} {row["provision_ref"]}'
        if row['theme_id'].startswith('reporting-') and provision not in stated:
            without.append(provision)
    if not without:
        raise Refused('a note on provisions without a duty of their own says nothing any more')
    facts.report.note('Provisions about reporting that are no duty of their own, because they '
                      f'detail another or ask for no return: {", ".join(dict.fromkeys(without))}.')
