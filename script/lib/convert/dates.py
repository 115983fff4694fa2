"""Dates of the form YYYY, YYYY-MM or YYYY-MM-DD, and spans of them."""

import datetime
import re

from .problem import Refused

FORM = re.compile(r'\d{4}(-\d{2}(-\d{2})?)?')


def is_date(text):
    """Whether `text` is a date with its precision."""
    if not FORM.fullmatch(text):
        return False
    parts = [int(part) for part in text.split('-')] + [1, 1]
    try:
        datetime.date(*parts[:3])
    except ValueError:
        return False
    return True


def date(text):
    """`text` where it is empty or a date. Refused otherwise."""
    if text and not is_date(text):
        raise Refused(f'`{text}` is not a date; write YYYY, YYYY-MM or YYYY-MM-DD')
    return text


def first_day(text):
    """The first day of a date, as text that sorts."""
    return text + '-01-01'[len(text) - 4:] if len(text) < 10 else text


def span(text):
    """The dates from and to (exclusive) of `2021-`, `2019`, `1998-2003` or `ongoing`."""
    if text in ('', 'ongoing'):
        return '', ''
    match = re.fullmatch(r'(\d{4})(?:(-)(\d{4})?)?', text)
    if not match:
        raise Refused(f'`{text}` is not a period; write 2019, 2021-, 1998-2003 or ongoing')
    start, dash, end = match.groups()
    if dash and not end:
        return start, ''
    return start, str(int(end or start) + 1)
