"""The sources: one node for each address that a table names."""

import re
from collections import Counter, defaultdict

from .dataset import Citation
from .facts import ADDRESS_COLUMNS
from .problem import Refused
from .slug import mark, shorten
from .source_names import PUBLISHERS, address_slug, domain, page_title

BACKGROUND = 'sources/background-knowledge'
ANALYSIS = 'sources/attlas-analysis'
COUNTRY_CODES = 'sources/country-codes'
UNVERIFIED = 'unverified'

COPY = re.compile(r'github:(?P<repository>[\w.-]+/[\w.-]+)(?:@(?P<commit>[0-9a-f]+))?'
                  r'(?::(?P<path>.+))?')

# The domains that a named organization does not have to itself.
SHARED_DOMAINS = ('unknown', 'none', 'un.org', 'disarmament.unoda.org', 'state.gov')


class Sources:
    """Maps addresses to source nodes, and rows to citations."""

    def __init__(self, facts, dataset):
        self._facts = facts
        self._dataset = dataset
        self._names = {}
        self._collect_uses()
        self._add_own()
        self._add_copies()
        self._add_pages()

    def cite(self, address, confidence='seen', locator='', retrieved='', note=''):
        """A citation of the source at an address; `unverified` stands for background knowledge."""
        if address == UNVERIFIED:
            return Citation(BACKGROUND, 'unverified', locator, retrieved, note)
        if address not in self._names:
            raise Refused(f'`{address}` is neither an address nor `unverified`')
        return Citation(self._names[address], confidence, locator, retrieved, note)

    def add_page(self, address, title):
        """Adds a page that no table names."""
        if address in self._names:
            raise Refused(f'{address} is made twice')
        self._names[address] = self._dataset.add_node(
            'source', shorten(address_slug(address), address), title, [],
            {'url': address, 'publisher': self._publisher(address)})

    @staticmethod
    def analysis(note='', locator=''):
        """A citation of our own coding."""
        return Citation(ANALYSIS, 'recalled', locator, '', note)

    @staticmethod
    def country_codes():
        return Citation(COUNTRY_CODES, 'seen', '', '2026-05-15')

    def _collect_uses(self):
        self._pages, copies = set(), defaultdict(list)
        for table in self._facts.tables():
            for row in self._facts.peek(table):
                for column in ADDRESS_COLUMNS:
                    address = row.get(column, '')
                    if address.startswith(('http://', 'https://')):
                        self._pages.add(address)
                    elif COPY.fullmatch(address):
                        copies[address].append(row)
                    elif address not in ('', UNVERIFIED):
                        raise Refused(f'{row}: `{address}` is no address')
        self._copies = dict(copies)

    def _add_own(self):
        self._dataset.add_node('source', 'background-knowledge', 'Background knowledge', [], {
            'note': 'No source was opened for the statement. Check it before public use.'})
        self._dataset.add_node('source', 'attlas-analysis', 'Attlas analysis', [], {
            'publisher': 'Attlas',
            'note': 'Our own coding and editorial judgement, such as which theme a role serves.'})
        self._dataset.add_node(
            'source', 'country-codes', 'Country codes (ISO 3166 and UN M49), 15 May 2026', [], {
                'url': 'https://github.com/datasets/country-codes', 'publisher': 'datasets',
                'retrieved_from': 'github:datasets/country-codes@caa72d1e', 'as_of': '2026-05-15',
                'note': 'States, their names and codes, and the regions of UN M49.'})

    def _add_copies(self):
        """Copies kept in repositories; those of one file at several commits are one source."""
        by_file = defaultdict(list)
        for address in sorted(self._copies):
            match = COPY.fullmatch(address)
            by_file[match['repository'], match['path'] or ''].append(address)
        instruments = {row['instrument_id']: row for row in self._facts.peek('instruments')}
        states = {row['iso3']: row for row in self._facts.peek('states')}
        for (repository, path), addresses in sorted(by_file.items()):
            rows = [row for address in addresses for row in self._copies[address]]
            describe = DESCRIBED.get(repository)
            if describe is None:
                raise Refused(f'{rows[0]}: the repository {repository} is not known; describe what '
                              f'primary source it copies')
            node_id, title, properties = describe(path, rows, instruments, states)
            properties['as_of'] = max((row.get('as_of', '') for row in rows), default='')
            # The address with a commit, where there is one, says more.
            properties['retrieved_from'] = max(addresses, key=lambda text: ('@' in text, text))
            name = self._dataset.add_node('source', node_id, title, [], properties)
            for address in addresses:
                self._names[address] = name

    def _add_pages(self):
        slugs = {address: address_slug(address) for address in self._pages}
        shared = Counter(shorten(slug, slug) for slug in slugs.values())
        titles = self._titles()
        for address in sorted(self._pages):
            slug = shorten(slugs[address], address)
            if shared[shorten(slugs[address], slugs[address])] > 1 and slug == slugs[address]:
                slug = f'{slug[:56].rstrip("-")}-{mark(address)}'
            title, *others = titles.get(address) or [page_title(address)]
            self._names[address] = self._dataset.add_node(
                'source', slug, title, [],
                {'url': address, 'publisher': self._publisher(address)}, others)

    def _titles(self):
        """The titles that the tables give to pages, the best one first."""
        given = defaultdict(list)
        for row in self._facts.peek('evidence'):
            given[row['url']].append(row['title'])
        voiced = defaultdict(Counter)
        for row in self._facts.peek('challenges'):
            voiced[row['source_url']][row['source_title']] += 1
        for address, counts in voiced.items():
            given[address] += [title for title, _ in counts.most_common()]
        for row in self._facts.peek('instruments'):
            match = re.search(r'treaties\.un\.org/.*mtdsg_no=', row['source_url'])
            if match and not row['parent_instrument_id'] or match and row['source_url'] not in given:
                prefix = 'UN Treaty Collection: '
                given[row['source_url']].insert(0, prefix + row['short_name'])
        titles = {address: list(dict.fromkeys(titles)) for address, titles in given.items()}
        # Failing these, what the page was read for.
        for table, column in (('events', 'name'), ('instruments', 'short_name')):
            for row in self._facts.peek(table):
                address = row['source_url']
                if address.startswith('http') and 'undocs.org' not in address:
                    titles.setdefault(address, [f'{domain(address)}: {row[column]}'])
        return titles

    def _publisher(self, address):
        host = domain(address)
        if host in PUBLISHERS:
            return PUBLISHERS[host]
        for row in self._facts.peek('organizations'):
            owned = row['website_domain_only']
            if owned not in SHARED_DOMAINS and (host == owned or host.endswith('.' + owned)):
                return row['name']
        return ''


def _main_instrument(rows, instruments):
    """The instrument that a status list is about: that of its rows, or the parent among them."""
    found = sorted({row['instrument_id'] for row in rows})
    if len(found) > 1:
        found = [name for name in found if not instruments[name]['parent_instrument_id']]
    if len(found) != 1:
        raise Refused(f'{rows[0]}: it is not clear which instrument this list is about: {found}')
    return instruments[found[0]]


def _treaty_collection(node_prefix, title):
    def describe(path, rows, instruments, states):
        instrument = _main_instrument(rows, instruments)
        address = instrument['source_url']
        if 'mtdsg_no' not in address:
            address = ''
        node_id = f'{node_prefix}-{instrument["instrument_id"]}'
        return node_id, f'{title}: {instrument["short_name"]}', {
            'url': address, 'publisher': 'United Nations Treaty Collection'}
    return describe


def _factbook(path, rows, instruments, states):
    if not path:
        return 'world-factbook', 'The World Factbook (snapshot)', {
            'url': 'https://www.cia.gov/the-world-factbook/',
            'publisher': 'Central Intelligence Agency'}
    countries = sorted({row['iso3'] for row in rows})
    if len(countries) != 1:
        raise Refused(f'{rows[0]}: the file {path} is about several countries')
    return f'world-factbook-{countries[0].lower()}', \
        f'The World Factbook: {states[countries[0]]["short_name"]}', {
            'url': 'https://www.cia.gov/the-world-factbook/',
            'publisher': 'Central Intelligence Agency'}


def _timeline(path, rows, instruments, states):
    return 'unoda-treaties-timeline', 'UNODA and UN Treaty Collection: who joined the treaties on ' \
        'nuclear and biological weapons, nuclear-weapon-free zones and the Rome Statute', {
            'url': 'https://treaties.unoda.org/', 'publisher': 'UN Office for Disarmament Affairs '
            'and United Nations Treaty Collection'}


def _wikipedia(path, rows, instruments, states):
    title = path.rpartition('/')[2].removesuffix('.md').replace('_', ' ')
    return shorten(f'wikipedia-{address_slug("http://x/" + title)[2:]}', title), \
        f'Wikipedia: {title}', {'publisher': 'Wikipedia'}


# What each repository of copies holds.
DESCRIBED = {
    'mgaldino/treaties-ideal-point': _treaty_collection('untc-status',
                                                        'UN Treaty Collection status page'),
    'zmjones/untreaties': _treaty_collection('untc-list', 'UN Treaty Collection status list'),
    'factbook/factbook.json': _factbook,
    'arthuredelstein/survivalscores.org': _timeline,
    'chinapedia/wikipedia.abstract.en': _wikipedia,
}
