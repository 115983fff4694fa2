"""Ids made of readable words."""

import hashlib
import re
import unicodedata

MOST_CHARACTERS = 63


def words(text):
    """The lower-case words of a text, joined by hyphens."""
    plain = unicodedata.normalize('NFKD', text).encode('ascii', 'ignore').decode('ascii')
    return re.sub(r'[^a-z0-9]+', '-', plain.lower()).strip('-')


def mark(text):
    """A short mark that tells texts apart; the same on every machine."""
    return hashlib.sha256(text.encode('utf-8')).hexdigest()[:6]


def shorten(slug, text, most=MOST_CHARACTERS):
    """`slug`, cut at a word and marked by `text` where it is too long."""
    if len(slug) <= most:
        return slug
    kept = slug[:most - 7]
    kept = kept[:kept.rfind('-')] if '-' in kept[20:] else kept
    return f'{kept.strip("-")}-{mark(text)}'
