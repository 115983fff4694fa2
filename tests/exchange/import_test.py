"""Files come in: by a mapping, with a report for every row, and twice without a change."""

import json

import pytest

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
