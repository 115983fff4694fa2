"""A real daemon with the curated dataset, and what it exports."""

import json
import os
import pathlib
import subprocess
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARIES = pathlib.Path(os.environ.get('ATTLAS_BINARIES', ROOT / 'build/release/bin'))
# What a busy machine may need; nothing is asserted of it.
PATIENCE_SECONDS = 600


def run(*arguments, address='', check=True):
    """Runs `attlas`; its standard output, standard error and exit code."""
    environment = {**os.environ, 'ATTLAS_ADDRESS': address}
    done = subprocess.run([BINARIES / 'attlas', *map(str, arguments)], cwd=ROOT, env=environment,
                          capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    if check:
        assert done.returncode == 0, done.stderr
    return done


class Daemon:
    """`attlasd` on a free port until it is stopped."""

    def __init__(self, *flags):
        self.process = subprocess.Popen(
            [BINARIES / 'attlasd', '--listen=127.0.0.1:0', '--http_listen=', '--admin_listen=',
             *map(str, flags)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            self.address = address_in(self.process.stdout.readline())
        except AssertionError:
            self.stop()
            raise

    def run(self, *arguments, **options):
        return run(*arguments, address=self.address, **options)

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE_SECONDS)


def address_in(line):
    """The first `host:port` of the line that says where it serves."""
    for word in line.replace(';', ' ').split():
        host, _, port = word.rpartition(':')
        if host and port.isdigit():
            return word
    raise AssertionError(f'no address in {line!r}')


@pytest.fixture(scope='session')
def store(tmp_path_factory):
    """A store with the curated dataset."""
    path = tmp_path_factory.mktemp('curated') / 'store'
    run('data', 'load', 'data', '--data_dir', path)
    return path


@pytest.fixture(scope='session')
def daemon(store):
    curated = Daemon(f'--data_dir={store}')
    yield curated
    curated.stop()


@pytest.fixture
def empty_daemon(tmp_path):
    empty = Daemon('--create', f'--ontology={ROOT}/data/ontology.textproto',
                   f'--data_dir={tmp_path}/store')
    yield empty
    empty.stop()


class Graph:
    """The nodes and statements of an export as JSON Lines, by their names."""

    def __init__(self, path):
        self.nodes, self.edges = {}, {}
        with open(path, encoding='utf-8') as lines:
            for number, text in enumerate(lines):
                line = json.loads(text)
                if number == 0:
                    self.header = line['header']
                elif 'node' in line:
                    self.nodes[line['node']['name']] = line['node']
                elif 'edge' in line:
                    self.edges[line['edge']['name']] = line['edge']
                else:
                    self.end = line['end']


@pytest.fixture(scope='session')
def exported(daemon, tmp_path_factory):
    """Writes an export once; its path."""
    folder = tmp_path_factory.mktemp('exports')
    made = {}

    def export(form, *options):
        key = (form, *options)
        if key not in made:
            path = folder / f'{len(made)}.{form}'
            place = '--output-directory' if form == 'csv' else '--file'
            daemon.run('data', 'export', '--format', form, place, path, *options)
            made[key] = path
        return made[key]

    return export


@pytest.fixture(scope='session')
def graph(exported):
    return Graph(exported('jsonl'))
