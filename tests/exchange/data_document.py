"""The figures of docs/data.md, counted from an export."""

import collections
import re

import values

GRADES = ('seen', 'structure-seen', 'recalled', 'unverified')
# What came to differ after a figure was checked, and why.
LATER = {
    'figures/check-political-declaration-military-ai-2023-11-13-endorsers':
        'the endorsement of Bahrain has no date here, so that it counts from the start',
}
ACTS = {'parties': 'CONSENTED_TO', 'signatories': 'SIGNED', 'endorsers': 'ENDORSED'}


def table(header, rows):
    lines = ['| ' + ' | '.join(header) + ' |', '|' + ' --- |' * len(header)]
    lines += ['| ' + ' | '.join(str(cell) for cell in row) + ' |' for row in rows]
    return '\n'.join(lines)


def best_grade(statement):
    held = [values.confidence(c) for c in statement['citations']]
    return min(held, key=GRADES.index)


def extent(graph):
    nodes = collections.Counter(n['type'] for n in graph.nodes.values())
    edges = collections.Counter(e['type'] for e in graph.edges.values())
    derived = {e['type'] for e in graph.edges.values()
               if any(c['source'].startswith('rules/') for c in e['citations'])}
    total = f'{len(graph.nodes):,} nodes and {len(graph.edges):,} statements.'
    return '\n\n'.join((
        total,
        table(('nodes', 'how many'), sorted(nodes.items())),
        table(('statements', 'how many', 'from where'),
              [(name, count, 'rules' if name in derived else 'sources')
               for name, count in sorted(edges.items())])))


def confidence(graph):
    grades = collections.Counter(best_grade(e) for e in graph.edges.values())
    return table(('grade of the best source', 'statements'),
                 [(grade, grades[grade]) for grade in GRADES])


def coverage(graph):
    listed = collections.defaultdict(list)
    for node in graph.nodes.values():
        if node['type'] != 'instrument':
            continue
        held = values.properties(node)
        listed[held['coverage'], held.get('coverage_as_of', '')].append(
            node['name'].removeprefix('instruments/'))
    return table(('list of participants', 'known up to', 'instruments'),
                 [(kind, until or 'no date', ', '.join(sorted(names)))
                  for (kind, until), names in sorted(listed.items())])


def starts_by(edge, day):
    """A date that is known to its year or month alone counts from its first day."""
    start = values.date(edge.get('validFrom'))
    return not start or (start + '-01-01')[:10] <= day


def holds_on(edge, day):
    end = values.date(edge.get('validTo'))
    return starts_by(edge, day) and (not end or (end + '-01-01')[:10] > day)


def count_for(graph, check):
    """How many states take part, by the statements themselves. A signature stays one that was given
    when a withdrawal ends it."""
    kind = ACTS[check['counted']]
    held = starts_by if check['counted'] == 'signatories' else holds_on
    # A date known to its year or month means its end, as published totals do.
    day = {4: check['as_of'] + '-12-31', 7: check['as_of'] + '-31'}.get(
        len(check['as_of']), check['as_of'])
    return len({e['from'] for e in graph.edges.values()
                if e['type'] == kind and e['to'] == check['instrument'] and held(e, day)})


def checks(graph):
    """The published totals, each with our own count of today."""
    about = {e['from']: e['to'] for e in graph.edges.values() if e['type'] == 'FIGURE_ABOUT'}
    found = []
    for name, node in sorted(graph.nodes.items()):
        if not name.startswith('figures/check-'):
            continue
        check = values.properties(node) | {'instrument': about[name]}
        check['name'] = name
        check['ours'] = count_for(graph, check)
        check['explanation'] = LATER.get(name, check.get('explanation', ''))
        found.append(check)
    return found


def checked(graph):
    rows = []
    held = checks(graph)
    for check in held:
        title = graph.nodes[check['instrument']]['displayName']
        rows.append((title, check['counted'], check['as_of'], check['published_count'],
                     check['ours'], check['explanation']))
    same = sum(c['ours'] == c['published_count'] for c in held)
    return '\n\n'.join((
        f'{same} of {len(held)} published totals are met; of the others each says why not.',
        table(('instrument', 'what is counted', 'on', 'published', 'here', 'what to know'), rows)))


def written_anew(text, graph):
    """The document with every block between its marks as counted now."""
    blocks = {'extent': extent, 'confidence': confidence, 'coverage': coverage, 'checks': checked}
    for name, make in blocks.items():
        marks = re.compile(f'(<!-- {name} -->\n).*?(\n<!-- end -->)', re.DOTALL)
        text, count = marks.subn(lambda m, made=make(graph): m[1] + made + m[2], text)
        assert count == 1, f'docs/data.md has {count} blocks named {name}'
    return text
