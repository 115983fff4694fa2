"""Wording of notes: what they say of the collection is said as a reader of the dataset needs it."""

REPLACEMENTS = (
    ('any stored copy', 'any copy'),
    ('in a stored public repository file', 'in a public copy'),
    ('recomputed from stored SIPRI trade register', 'recomputed from the SIPRI trade register'),
    ('stored UNTC page excerpt', 'an excerpt of the UN Treaty Collection page'),
    ('stored excerpt ends', 'the excerpt that was read ends'),
    ('stored page shows', 'the page that was read shows'),
    ('page stored before', 'page of before'),
    ('not in states.csv', 'not among the states here'),
)


def reworded(text):
    """`text` in the words of the dataset."""
    for old, new in REPLACEMENTS:
        text = text.replace(old, new)
    return text
