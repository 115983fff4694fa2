"""How complete the list of participants of each instrument is, and up to which date."""

_UNTC = 'As on the UN Treaty Collection status page; all totals of the page are reproduced.'
_OLD = ('The list is that of the UN Treaty Collection at the date given, with single later '
        'additions.')
_NONE = 'No list of participants is held.'
_COLLECTIVE = ('No list of participants is held: it is a collective act, and the members of the '
               'organization that adopted it are committed through it.')
ALL_MEMBERS = 'Addressed to all members of the United Nations; nobody joins it.'


def _complete(as_of, note):
    return 'complete', as_of, note


def _partial(as_of, note):
    return 'partial', as_of, note


# instrument: coverage, date up to which it is known, note.
COVERAGE = {
    **{name: _complete('2026-02-03', _UNTC) for name in (
        'att', 'ccm', 'ccw', 'ccw-p-iv', 'ccw-p-v', 'ccw-ap-ii', 'ccw-amendment-art1', 'cwc',
        'enmod', 'apmbc', 'cedaw', 'cedaw-op', 'crc', 'crc-opac', 'cat')},
    **{name: _complete('2026-02-03', 'As on the UN Treaty Collection status page of the CCW, which '
                                     'gives no dates for this protocol.')
       for name in ('ccw-p-i', 'ccw-p-ii', 'ccw-p-iii')},
    'ctbt': _complete('2026-08-22', 'UN Treaty Collection status page of 3 February 2026, brought '
                                    'up to date.'),
    'tpnw': _complete('2026-08-22', 'UN Treaty Collection status page of 3 February 2026, brought '
                                    'up to date.'),
    **{name: _complete('2026-08-22', 'As in the UNODA treaties database and the UN Treaty '
                                     'Collection.')
       for name in ('bwc', 'rome-statute', 'rome-statute-aggression-amendment', 'rarotonga',
                    'bangkok-treaty', 'semipalatinsk', 'pelindaba', 'tlatelolco')},
    'npt': _complete('2026-08-22', 'As in the UNODA treaties database. The withdrawal that the '
                                   'Democratic People\'s Republic of Korea announced in 2003 is '
                                   'kept, though its status is disputed.'),
    **{name: _complete('2026-05-17', 'Complete as a list; no dates are held.')
       for name in ('wassenaar', 'nsg', 'zangger-committee', 'australia-group', 'asean-charter')},
    'untoc': _complete('2023', 'Complete through a published list of those that are not parties, on '
                               'the UN Treaty Collection list of 2014; some later dates are '
                               'missing.'),
    'terrorism-financing-convention': _complete(
        '2024', 'Complete through a published list of those that are not parties, on the UN Treaty '
                'Collection list of 2014; some later dates are missing.'),
    'safe-schools-declaration': _complete('2024-06-06', 'All 120 endorsers; few dates are held.'),
    'mtcr': _complete('2018-09', 'All 35 partners; years only.'),
    'geneva-conventions-1949': _complete('2025', 'All 196 parties; few dates are held.'),
    'ap-i': _partial('2025', 'The total of 175 agrees with the published one, but most single '
                             'entries are background knowledge without dates.'),
    'ap-ii': _partial('2025', 'The total of 170 agrees with the published one, but most single '
                              'entries are background knowledge without dates.'),
    'geneva-protocol-1925': _partial('2014-01-01', 'A to Pakistan read from a list; the rest is '
                                                   'background knowledge. 140 of 146 are held.'),
    'firearms-protocol': _partial('2014-07-10', f'{_OLD} 110 of 122 states parties are held; most '
                                                f'accessions since July 2014 are missing.'),
    'tip-protocol': _partial('2014-01-27', _OLD), 'som-protocol': _partial('2014-07-10', _OLD),
    'uncac': _partial('2014-07-10', f'{_OLD} 177 of about 190 states parties are held; those that '
                                    f'are missing lie outside the Indo-Pacific.'),
    'terrorist-bombings-convention': _partial('2014-03-19', f'{_OLD} 169 of 170 parties are held.'),
    'nuclear-terrorism-convention': _partial('2014-07-10', _OLD),
    'hostages-convention': _partial('2014-03-19', _OLD),
    'mercenaries-convention': _partial('2013-11-18', _OLD),
    'genocide-convention': _partial('2015-03-14', f'{_OLD} 149 of 153 parties are held.'),
    'unclos': _partial('2026-05-17', 'Complete but for one party (168 of 169); dates up to January '
                                     '2014.'),
    'kinshasa-convention': _partial('2013-07-06', _OLD),
    'hcoc': _partial('2020', 'A to Germany read from a list, with India; 73 of 145 subscribing '
                             'states are held, 25 of them background knowledge.'),
    'psi': _partial('2024', '53 of 112 endorsers are held.'),
    'epwa-declaration': _partial('2022-11-18', '20 of 83 first endorsers are held, all of them '
                                               'background knowledge.'),
    'political-declaration-military-ai': _partial('2023-11-13', '46 endorsers are held; those that '
                                                                'followed are not listed.'),
    'asean-convention-on-counter-terrorism': _partial('2013-01', 'The ten members of ASEAN of 2013; '
                                                                 'what Timor-Leste did since is not '
                                                                 'known.'),
    'nadi-framework': _partial('', 'A collective act of the Pacific Islands Forum; the entries say '
                                   'only that the state was a member.'),
    'boe-declaration': _partial('2018-09', 'A collective act of the Pacific Islands Forum; the '
                                           'entries say only that the state attended.'),
    **{name: ('none', '', _COLLECTIVE) for name in (
        'asean-arms-smuggling-declaration', 'asean-poa-transnational-crime', 'nasonini-declaration',
        'biketawa-declaration')},
    'oco-picp-pidc-partnership': ('none', '', 'Three regional organizations are the partners; '
                                              'states do not join it.'),
    **{name: ('none', '', _NONE) for name in (
        'actip', 'ecowas-convention', 'nairobi-protocol', 'sadc-firearms-protocol', 'cifta',
        'saarc-terrorism-convention')},
}
