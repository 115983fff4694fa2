"""A new status table becomes a reviewed change, with its history kept."""

import json

import pytest

from conftest import Daemon, run

SOURCE = ('--source', 'sources/untc-status-att', '--retrieved', '2026-11-01')


@pytest.fixture
def curated(tmp_path):
    store = tmp_path / 'store'
    run('data', 'load', 'data', '--data_dir', store)
    daemon = Daemon(f'--data_dir={store}')
    yield daemon
    daemon.stop()


def depositary_table(daemon):
    """The parties and signatories of the ATT as a depositary would list them today."""
    edges, token = [], ''
    while True:
        request = {'node': 'instruments/att', 'direction': 'DIRECTION_BACKWARD', 'pageSize': 1000,
                   'types': ['SIGNED', 'CONSENTED_TO'], 'pageToken': token}
        answer = json.loads(daemon.run('call', 'GraphService/ListEdges', '-d',
                                       json.dumps(request)).stdout)
        edges += answer['edges']
        token = answer.get('nextPageToken')
        if not token:
            break
    letters = {'accession': ' a', 'acceptance': ' A', 'approval': ' AA', 'succession': ' d'}
    table = {}
    for edge in edges:
        row = table.setdefault(edge['from'], {'Signature': '', 'Deposit': '', 'Withdrawal': ''})
        date = edge['validFrom']
        text = f'{date["year"]}-{date["month"]:02}-{date["day"]:02}'
        if edge['type'] == 'SIGNED':
            row['Signature'] = text
        else:
            row['Deposit'] = text + letters.get(edge['qualifier'], '')
    return {state.removeprefix('states/'): row for state, row in table.items()}


def write(path, table):
    lines = ['Participant,Signature,"Ratification, Acceptance(A), Accession(a)",Withdrawal']
    for state, row in table.items():
        lines.append(f'"{state}",{row["Signature"]},{row["Deposit"]},{row["Withdrawal"]}')
    path.write_text('\n'.join(lines) + '\n', encoding='utf-8')


def changes(done):
    return [change['words'] for change in json.loads(done.stdout).get('changes', [])]


def test_the_same_table_changes_nothing_but_its_date(curated, tmp_path):
    write(tmp_path / 'att.csv', depositary_table(curated))
    done = curated.run('data', 'diff', 'att', tmp_path / 'att.csv', *SOURCE, '-o', 'json')
    assert changes(done) == [
        'ATT: its list of participants is known up to 2026-11-01, not 2026-02-03']


@pytest.fixture
def updated(curated, tmp_path):
    """A table with an accession, a corrected date, a withdrawal and an alias, and its change set."""
    table = depositary_table(curated)
    assert 'IDN' not in table and table['TUR']['Signature'] == '2013-07-02'
    table['Indonesia'] = {'Signature': '', 'Deposit': '4 May 2026 a', 'Withdrawal': ''}
    table['TURKIYE (Republic of)'] = table.pop('TUR') | {'Signature': '3 Jul 2013'}
    table['Philippines'] = table.pop('PHL') | {'Withdrawal': '2026-09-01'}
    write(tmp_path / 'att.csv', table)
    done = curated.run('data', 'diff', 'instruments/att', tmp_path / 'att.csv', *SOURCE,
                       '--file', tmp_path / 'changes.json', '-o', 'json')
    return curated, tmp_path / 'changes.json', changes(done)


def test_says_in_words_what_changes(updated):
    _, _, words = updated
    assert set(words) == {
        'Indonesia: accession on 2026-05-04 (new)',
        'Türkiye: signature on 2013-07-03, not 2013-07-02 (corrected)',
        'Philippines: consent ends by withdrawal on 2026-09-01',
        'Philippines: signature ends by withdrawal on 2026-09-01',
        'ATT: its list of participants is known up to 2026-11-01, not 2026-02-03',
        'ATT is in force for Indonesia from 2026-08-02 (follows, new)',
        'ATT is in force for Philippines from 2022-06-22 until 2026-09-01 (follows, changed)'}


def parties(daemon, day):
    answer = json.loads(daemon.run('status', 'att', '--as-of', day, '-o', 'json').stdout)
    return answer['counts']['parties']


def test_applies_it_and_keeps_the_history(updated):
    daemon, path, words = updated
    before = parties(daemon, '2026-10-01')
    tried = daemon.run('data', 'apply', path, '--dry-run')
    assert f'{len(words)} changes would be applied' in tried.stdout
    assert parties(daemon, '2026-10-01') == before
    daemon.run('data', 'apply', path)
    assert parties(daemon, '2026-08-15') == before + 1
    assert parties(daemon, '2026-10-01') == before, 'one came, one went'
    # What was said before is still known, and so is why it changed.
    edges = json.loads(daemon.run('call', 'GraphService/ListEdges', '-d', json.dumps(
        {'node': 'states/TUR', 'types': ['SIGNED'], 'pageSize': 1000})).stdout)['edges']
    name, = (e['name'] for e in edges if e['to'] == 'instruments/att')
    history = json.loads(daemon.run('call', 'GraphService/GetHistory', '-d',
                                    json.dumps({'name': name})).stdout)['changes']
    assert [c['edge']['validFrom']['day'] for c in history] == [3, 2]
    assert 'status table of instruments/att' in history[0]['reason']
    assert history[0]['edge']['citations'][0]['retrieved'] == {
        'year': 2026, 'month': 11, 'day': 1}


def test_the_same_set_twice_is_one_commit(updated):
    daemon, path, _ = updated
    first = json.loads(daemon.run('data', 'apply', path, '-o', 'json').stdout)
    second = json.loads(daemon.run('data', 'apply', path, '-o', 'json').stdout)
    assert first['revision'] == second['revision']


def test_refuses_where_the_graph_moved(updated, tmp_path):
    daemon, path, _ = updated
    # Someone else recorded the accession meanwhile, as another kind of act.
    mine = {'edge': {'type': 'CONSENTED_TO', 'from': 'states/IDN', 'to': 'instruments/att',
                     'qualifier': 'ratification', 'validFrom': {'year': 2026},
                     'properties': [{'name': 'act', 'value': {'text': 'ratification'}}],
                     'citations': [{'source': 'sources/attlas-analysis',
                                    'confidence': 'CONFIDENCE_RECALLED'}]}}
    other = tmp_path / 'other.jsonl'
    other.write_text(json.dumps(mine) + '\n{"end": {"edgeCount": 1}}\n', encoding='utf-8')
    daemon.run('data', 'import', other)
    before = parties(daemon, '2026-10-01')
    done = daemon.run('data', 'apply', path, check=False)
    assert done.returncode == 1
    assert 'the graph changed since' in done.stderr and 'data diff' in done.stderr
    assert parties(daemon, '2026-10-01') == before, 'nothing of it was applied'


def test_an_unknown_state_is_named_with_the_nearest(curated, tmp_path):
    table = tmp_path / 'bad.csv'
    table.write_text('state,signature date,deposit date,kind\n'
                     'Indonezia,,2026-05-04,accession\n'
                     'Fiji,,4 Mai 2026,accession\n'
                     'Malaysia,,2026-05-04,adherence\n', encoding='utf-8')
    done = curated.run('data', 'diff', 'att', table, *SOURCE, check=False)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith(f'{table}:2: state: ') and '`Indonesia`' in lines[0]
    assert lines[1].startswith(f'{table}:3: deposit date: ') and 'is no date' in lines[1]
    assert lines[2].startswith(f'{table}:4: kind: ') and 'accession' in lines[2]


def test_a_mapping_names_columns_and_states(curated, tmp_path):
    table = tmp_path / 'own.csv'
    table.write_text('Pays,Adhésion\nInsulinde,2026-05-04\n', encoding='utf-8')
    mapping = tmp_path / 'own.textproto'
    mapping.write_text('state_column: "Pays" deposit_column: "Adhésion" '
                       'states { text: "Insulinde" state: "states/IDN" }', encoding='utf-8')
    done = curated.run('data', 'diff', 'att', table, *SOURCE, '--mapping', mapping, '-o', 'json')
    # No kind and no signature: it can only have acceded.
    assert 'Indonesia: accession on 2026-05-04 (new)' in changes(done)


def test_asks_for_the_source(curated, tmp_path):
    table = tmp_path / 'own.csv'
    table.write_text('state,signed\nIDN,2026-05-04\n', encoding='utf-8')
    done = curated.run('data', 'diff', 'att', table, check=False)
    assert done.returncode == 2
    assert '--source' in done.stderr and 'sources/untc-status-att' in done.stderr
