"""Reads the fact tables, and sees to it that no row is lost."""

import csv
import os

from .problem import Refused
from .wording import reworded

# The columns of every table, in any order. A table that has others is refused.
TABLES = {
    'agencies': 'agency_id iso3 name kind roles source_url',
    'arms_transfers': 'dataset period iso3 direction rank share_pct change_pct main_partners '
                      'source_url note',
    'challenge_provisions': 'challenge_id instrument_id provision_ref how_it_answers',
    'challenges': 'challenge_id iso3_or_grouping theme paraphrase source_title source_url year',
    'events': 'event_id name kind start_date end_date city iso3 organizers topics source_url '
              'participant_states',
    'evidence': 'evidence_id title publisher date kind url addresses states_or_region',
    'grouping_members': 'grouping_id iso3',
    'groupings': 'grouping_id name kind definition_note source_url',
    'instrument_goods_scope': 'instrument_id goods_scope',
    'instruments': 'instrument_id short_name full_title kind adopted_date opened_for_signature '
                   'entry_into_force depositary themes parent_instrument_id source_url verification',
    'obligation_themes': 'theme_id name description',
    'organization_members': 'org_id iso3 role since source_url',
    'organizations': 'org_id name kind region_scope hq_city hq_iso3 website_domain_only source_url',
    'participation': 'iso3 instrument_id action date source_url_or_repo_path as_of note',
    'participation_checks': 'instrument_id as_of published_total_parties your_count result '
                            'source_url note',
    'provisions': 'instrument_id provision_ref theme_id strength paraphrase source_url check',
    'reporting': 'instrument_id iso3 report_kind year submitted public source_url confidence',
    'security_context': 'context_id kind name states period source_url',
    'states': 'iso3 iso2 m49 short_name official_name un_member un_region un_subregion note',
    'themes': 'theme_id description',
}

# The columns that hold notes, and those that hold the address of a source.
NOTE_COLUMNS = ('note', 'definition_note')
ADDRESS_COLUMNS = ('source_url', 'source_url_or_repo_path', 'url')


class Row(dict):
    """A row with the table and the line that it came from."""

    def __init__(self, table, line, cells):
        super().__init__(cells)
        for column in NOTE_COLUMNS:
            if column in self:
                self[column] = reworded(self[column])
        self.table = table
        self.line = line

    def __str__(self):
        return f'{self.table}.csv:{self.line}'

    def items_of(self, column):
        """The items of a list within a cell."""
        return [item.strip() for item in self[column].split(';') if item.strip()]


class Facts:
    """All tables. `rows` hands out each row once for conversion; `peek` only looks."""

    def __init__(self, directory, report):
        self.report = report
        self._rows = {}
        found = {name for name in os.listdir(directory) if name.endswith('.csv')}
        unknown = sorted(found - {f'{table}.csv' for table in TABLES})
        if unknown:
            raise Refused(f'{unknown[0]}: no such table is known; teach the converter about it')
        for table, columns in TABLES.items():
            self._rows[table] = self._read(directory, table, columns.split())

    @staticmethod
    def _read(directory, table, columns):
        path = os.path.join(directory, f'{table}.csv')
        try:
            with open(path, encoding='utf-8-sig', newline='') as file:
                reader = csv.reader(file, strict=True)
                header = next(reader)
                if sorted(header) != sorted(columns):
                    raise Refused(f'{table}.csv:1: the columns are {", ".join(header)}; expected '
                                  f'{", ".join(columns)}')
                rows = []
                line = reader.line_num + 1
                for cells in reader:
                    if len(cells) != len(header):
                        raise Refused(f'{table}.csv:{line}: {len(cells)} cells; expected '
                                      f'{len(header)}')
                    rows.append(Row(table, line, zip(header, (cell.strip() for cell in cells))))
                    line = reader.line_num + 1
                return rows
        except (OSError, csv.Error, UnicodeDecodeError, StopIteration) as error:
            raise Refused(f'{table}.csv: cannot be read: {error}') from error

    def peek(self, table):
        """The rows of a table, for looking things up."""
        return self._rows[table]

    def rows(self, table):
        """The rows of a table, each watched: it must become something or be set aside."""
        for row in self._rows[table]:
            with self.report.watch(row):
                yield row

    def tables(self):
        return sorted(TABLES)
