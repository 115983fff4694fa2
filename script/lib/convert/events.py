"""Events: who organized them, where, about what, and who attended."""

from .dates import date
from .problem import Refused

# Events whose participants were not read from a list of participants.
ATTENDANCE_NOTES = {
    'ammtc-17': ('unverified', 'Attendance is inferred from membership of ASEAN.'),
    'somtc-wg6': ('unverified', 'Attendance is inferred from membership of the working group.'),
    'msmt-brief-2025': ('seen', 'The briefing was given on behalf of this member of the team.'),
}


def convert(facts, dataset, sources, places, instruments, provisions):
    """Makes the nodes of events and their statements. What is dated holds from the start on."""
    for row in facts.rows('events'):
        citation = sources.cite(row['source_url'])
        start, online = date(row['start_date']), row['city'] == 'online'
        name = dataset.add_node('event', row['event_id'], row['name'], [citation], {
            'kind': row['kind'], 'start_date': start, 'end_date': date(row['end_date']),
            'city': row['city'] if row['city'] not in ('online', 'unknown') else '',
            'online': online})
        dataset.add_edge('HELD_IN', name, places.name(row['iso3']), [citation], {
            'note': 'Held online; the state is that of the host.' if online else ''},
            valid_from=start)
        for organizer in row.items_of('organizers'):
            dataset.add_edge('ORGANIZED', f'organizations/{organizer}', name, [citation],
                             valid_from=start)
        for topic in row.items_of('topics'):
            if topic in provisions.themes:
                target = f'themes/{topic}'
            elif topic in instruments.rows:
                target = f'instruments/{topic}'
            else:
                raise Refused(f'the topic `{topic}` is neither a theme nor an instrument')
            dataset.add_edge('ABOUT', name, target, [citation])
        confidence, note = ATTENDANCE_NOTES.get(row['event_id'], ('seen', ''))
        attended = sources.cite(row['source_url'], confidence, note=note)
        for code in row.items_of('participant_states'):
            dataset.add_edge('ATTENDED', places.name(code), name, [attended], valid_from=start)
