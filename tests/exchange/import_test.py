"""Files come in: by a mapping, with a report for every row, and twice without a change."""

import json
import os
import subprocess

import pytest
from conftest import BINARIES, PATIENCE_SECONDS, ROOT

MAPPING = '''
nodes {
  type: "event"
  id { column: "code" }
  display_name { column: "title" }
  properties { name: "kind" value { column: "kind" replace { from: "Training" to: "workshop" } } }
  properties { name: "start_date" value { column: "date" } }
  citations {
    source { constant: "sources/attlas-analysis" }
    confidence { constant: "recalled" }
    locator { template: "row {code}" }
  }
}
edges {
  type: "ATTENDED"
  from { column: "country" names_of: "state" }
  to { template: "events/{code}" }
  valid_from { column: "date" }
  citations { source { constant: "sources/attlas-analysis" } confidence { constant: "recalled" } }
  only_where_filled: "country"
}
'''
TABLE = '''code,title,kind,date,country
test-suva,Stockpile training,Training,2026-05-04,Fiji
test-izmir,Brokering workshop,workshop,2026-06,TURKIYE
test-online,Webinar,webinar,2026,
'''


@pytest.fixture(scope='module')
def curated(store, tmp_path_factory):
    """A daemon of a copy of the curated dataset, which tests may change."""
    from conftest import Daemon, run
    copy = tmp_path_factory.mktemp('changed') / 'store'
    run('data', 'load', 'data', '--data_dir', copy)
    daemon = Daemon(f'--data_dir={copy}')
    yield daemon
    daemon.stop()


@pytest.fixture
def curated_alone(tmp_path):
    """The same, of one test."""
    from conftest import Daemon, run
    run('data', 'load', 'data', '--data_dir', tmp_path / 'alone')
    daemon = Daemon(f'--data_dir={tmp_path / "alone"}')
    yield daemon
    daemon.stop()


def revision(daemon):
    answer = daemon.run('call', 'GraphService/GetStatistics', '-d', '{}').stdout
    return json.loads(answer)['revision']


def rows(done):
    return [(r['line'], r['result']) for r in json.loads(done.stdout)['rows']]


@pytest.fixture
def files(tmp_path):
    (tmp_path / 'events.csv').write_text(TABLE, encoding='utf-8')
    (tmp_path / 'events.textproto').write_text(MAPPING, encoding='utf-8')
    return tmp_path / 'events.csv', '--mapping', tmp_path / 'events.textproto'


def test_a_mapped_table(curated, files):
    before = revision(curated)
    tried = curated.run('data', 'import', *files, '--dry-run', '-o', 'json')
    expected = [('2', 'added'), ('3', 'added'), ('4', 'added'), ('2', 'added'), ('3', 'added')]
    assert rows(tried) == expected
    assert revision(curated) == before, 'a dry run changes nothing'

    assert rows(curated.run('data', 'import', *files, '-o', 'json')) == expected
    shown = json.loads(curated.run('call', 'GraphService/ListEdges', '-d',
                                   '{"node": "events/test-izmir"}').stdout)
    assert [e['from'] for e in shown['edges']] == ['states/TUR']
    assert shown['edges'][0]['validFrom'] == {'year': 2026, 'month': 6}

    after = revision(curated)
    again = curated.run('data', 'import', *files, '-o', 'json')
    assert {result for _, result in rows(again)} == {'unchanged'}
    assert revision(curated) == after, 'the same file changes nothing the second time'

    changed = TABLE.replace('Webinar,webinar', 'Webinar on brokering,webinar')
    files[0].write_text(changed, encoding='utf-8')
    assert [r for r in rows(curated.run('data', 'import', *files, '-o', 'json'))
            if r[1] != 'unchanged'] == [('4', 'changed')]


def test_one_change_at_a_time_is_taken_up_again(curated, exported, empty_daemon, tmp_path):
    """An import that broke off half way goes on where it was."""
    lines = exported('jsonl').read_text(encoding='utf-8').splitlines()
    sources = [line for line in lines if '"node":{"name":"sources/' in line[:30]][:20]
    end = json.dumps({'end': {'nodeCount': len(sources), 'edgeCount': 0}})
    whole = tmp_path / 'whole.jsonl'
    whole.write_text('\n'.join([lines[0], *sources, end]) + '\n', encoding='utf-8')
    # What a first run left behind when it was interrupted.
    half = tmp_path / 'half.jsonl'
    half_end = json.dumps({'end': {'nodeCount': 8, 'edgeCount': 0}})
    half.write_text('\n'.join([lines[0], *sources[:8], half_end]) + '\n', encoding='utf-8')
    empty_daemon.run('data', 'import', half, '--batch', 3)
    resumed = rows(empty_daemon.run('data', 'import', whole, '--batch', 3, '-o', 'json'))
    assert [r for _, r in resumed] == ['unchanged'] * 8 + ['added'] * 12


@pytest.mark.parametrize('change, place, problem', [
    (('2026-05-04', '2026-13-04'), ':2: date: ', 'is not in the calendar'),
    (('Fiji', 'Fidji'), ':2: country: ', 'did you mean `Fiji`'),
    (('webinar,2026', 'seance,2026'), ':4: ', 'seance'),
    (('2026,\n', '2026\n'), ':4: row: ', 'has 4 cells'),
    (('code,title', 'kode,title'), ':1: header: ', 'has no column `code`'),
])
def test_every_bad_row_is_named(curated, files, change, place, problem):
    files[0].write_text(TABLE.replace(*change), encoding='utf-8')
    before = revision(curated)
    done = curated.run('data', 'import', *files, check=False)
    assert done.returncode == 1
    assert f'{files[0]}{place}' in done.stdout and problem in done.stdout
    assert 'nothing was imported' in done.stderr
    assert revision(curated) == before


def test_json_lines_that_were_cut_off(curated, exported, tmp_path):
    lines = exported('jsonl').read_text(encoding='utf-8').splitlines()
    (tmp_path / 'cut.jsonl').write_text('\n'.join(lines[:50]) + '\n', encoding='utf-8')
    done = curated.run('data', 'import', tmp_path / 'cut.jsonl', check=False)
    assert done.returncode == 1
    assert 'was cut off' in done.stdout


def test_a_name_that_is_not_there(curated, tmp_path):
    edge = {'edge': {'type': 'SIGNED', 'from': 'states/IDN', 'to': 'instruments/nowhere',
                     'citations': [{'source': 'sources/attlas-analysis',
                                    'confidence': 'CONFIDENCE_SEEN'}]}}
    end = {'end': {'nodeCount': 0, 'edgeCount': 1}}
    path = tmp_path / 'one.jsonl'
    path.write_text(json.dumps(edge) + '\n' + json.dumps(end) + '\n', encoding='utf-8')
    done = curated.run('data', 'import', path, check=False)
    assert done.returncode == 1
    assert ':1: to: there is no node `instruments/nowhere`' in done.stdout


def test_what_rules_derive_is_made_up_for(curated, exported, tmp_path):
    """An import that broke off had brought a consent, and not yet what follows from it."""
    consent = next(
        edge for line in exported('jsonl').read_text(encoding='utf-8').splitlines()
        if (edge := json.loads(line).get('edge'))
        and (edge['type'], edge['from'], edge['to'])
        == ('CONSENTED_TO', 'states/PHL', 'instruments/att'))
    consent['from'] = 'states/BTN'
    for unknown in ('name', 'etag'):
        consent.pop(unknown, None)
    curated.run('call', 'GraphService/Commit', '-d',
                json.dumps({'mutations': [{'createEdge': consent}]}))
    end = json.dumps({'end': {'nodeCount': 0, 'edgeCount': 1}})
    path = tmp_path / 'consent.jsonl'
    path.write_text(json.dumps({'edge': consent}) + '\n' + end + '\n', encoding='utf-8')
    done = rows(curated.run('data', 'import', path, '-o', 'json'))
    assert done == [('1', 'unchanged'), ('', 'derived')]
    again = rows(curated.run('data', 'import', path, '-o', 'json'))
    assert again == [('1', 'unchanged')]


def test_what_is_there_already_is_left_as_it_is(curated_alone, exported):
    """All of the dataset, with what rules derive and without."""
    for options in ((), ('--omit-derived',)):
        before = revision(curated_alone)
        done = curated_alone.run('data', 'import', exported('jsonl', *options), '-o', 'json')
        assert {result for _, result in rows(done)} == {'unchanged'}
        assert revision(curated_alone) == before


def peak_kilobytes(daemon, *arguments):
    """The most memory that `attlas` takes, and the last line that it prints."""
    with subprocess.Popen([BINARIES / 'attlas', *map(str, arguments)], cwd=ROOT, text=True,
                          env={**os.environ, 'ATTLAS_ADDRESS': daemon.address},
                          stdout=subprocess.PIPE) as process:
        last = process.stdout.read().splitlines()[-1]
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss, last


def write_sources(path, count):
    """A file of so many sources, of about a kilobyte each."""
    with open(path, 'w', encoding='utf-8') as file:
        for number in range(count):
            node = {'name': f'sources/many-{number}', 'type': 'source',
                    'displayName': f'Source {number}', 'aliases': ['x' * 900 + str(number)]}
            file.write(json.dumps({'node': node}) + '\n')
        file.write(json.dumps({'end': {'nodeCount': count, 'edgeCount': 0}}) + '\n')
    return path.stat().st_size // 1024


def test_a_large_file_takes_no_more_memory_than_a_small_one(empty_daemon, tmp_path):
    peaks = {}
    for count in (10, 100_000):
        path = tmp_path / f'{count}.jsonl'
        size = write_sources(path, count)
        peaks[count], last = peak_kilobytes(empty_daemon, 'data', 'import', path, '--dry-run',
                                            '--timeout', PATIENCE_SECONDS)
        assert last.startswith(f'{count} added, 0 changed'), last
    # What is held back, sorted in memory, is some megabytes of each kind.
    assert peaks[100_000] - peaks[10] < 32 << 10 < size
