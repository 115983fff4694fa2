"""Provisions that are younger than the instrument they are listed under.

Later resolutions, protocols, recommendations and best practices are listed under the instrument that
they develop. Before they were adopted, the instrument said nothing of the kind. All other provisions
are as old as their instrument and carry no date.
"""

# (instrument, beginning of the reference): since when. Background knowledge, but for the years that
# the reference itself gives and for the protocols, whose dates are those of their own rows.
STARTED = {
    ('bwc', 'Confidence-building measures'): '1986-09',
    ('bwc', 'National contact point'): '2006-12',
    ('ccw', 'Amended Protocol II '): '1996-05-03',
    ('ccw', 'Protocol IV '): '1995-10-13',
    ('ccw', 'Protocol V '): '2003-11-28',
    ('cedaw', 'GR30 '): '2013-10',
    ('cedaw', 'GR35 '): '2017-07',
    ('nadi-framework', 'Model Weapons Control Bill'): '2003',
    ('unpoa', 'Outcome documents RevCon3'): '2018-06',
    ('unroca', 'SALW under the 7+1 formula'): '2016',
    ('unscr-1325', 'UNSCR 2106'): '2013-06-24',
    ('unscr-1325', 'UNSCR 2117'): '2013-09-26',
    ('unscr-1540', 'UNSCR 1977'): '2011-04-20',
    ('unscr-1540', 'UNSCR 2663'): '2022-11-30',
    ('unscr-1718', '1718 Committee Panel of Experts'): '2009-06-12',
    ('unscr-1718', 'UNSCR 1874'): '2009-06-12',
    ('unscr-1718', 'UNSCR 2270'): '2016-03-02',
    ('wassenaar', 'Best Practices on SALW'): '2002-12',
    ('wassenaar', 'Best Practices to prevent diversion'): '2011',
    ('wassenaar', 'Elements on Brokering'): '2003-12',
}


def started(instrument_id, reference):
    """Since when the instrument contains the provision; empty for those as old as itself."""
    for (instrument, beginning), date in STARTED.items():
        if instrument == instrument_id and reference.startswith(beginning):
            return date
    return ''
