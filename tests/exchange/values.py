"""What proto3 JSON means, in the words that exports use for it."""


def date(parts):
    """`{"year": 2013, "month": 6}` as `2013-06`; empty for none."""
    if not parts:
        return ''
    text = f'{parts["year"]:04}'
    for part in ('month', 'day'):
        if part in parts:
            text += f'-{parts[part]:02}'
    return text


def value(wrapped):
    """The value of a property: a text, a number, a truth, a date as text, or a list of texts."""
    (kind, held), = wrapped.items()
    if kind == 'integer':
        return int(held)
    if kind == 'date':
        return date(held)
    if kind == 'texts':
        return held['values']
    return held


def properties(statement):
    return {p['name']: value(p['value']) for p in statement.get('properties', [])}


def confidence(citation):
    return citation['confidence'].removeprefix('CONFIDENCE_').lower().replace('_', '-')


def citations(statement):
    """(source, locator, confidence, retrieved, note) of each, in order."""
    return [(c['source'], c.get('locator', ''), confidence(c), date(c.get('retrieved')),
             c.get('note', '')) for c in statement.get('citations', [])]


def marking(statement):
    level = statement['marking']['trafficLight'].removeprefix('TRAFFIC_LIGHT_')
    return 'TLP:' + level.replace('_', '+')


def joined(items):
    """A list as one cell of a table."""
    return ';'.join(i.replace('\\', '\\\\').replace(';', '\\;') for i in items)
