"""Tables for pandas. Needs pandas: `pip install attlas[pandas]`."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from attlas._messages import Message
from attlas.dates import Date
from attlas.graph.messages import Confidence
from attlas.instruments.messages import GetStatusResponse, Statement
from attlas.synergy.messages import FindSynergiesResponse


def frame(rows: Iterable[Message]) -> pd.DataFrame:
    """Returns a table with a row for each message, as of any list of an answer.

    Messages within a message become columns with a dot, as `state.name`; so do properties.
    Enumerations become their names and dates ISO texts, as precise as they are. Lists stay lists.
    """
    listed = list(rows)
    table = pd.DataFrame([_flat(row) for row in listed])
    if listed and table.empty:
        return pd.DataFrame(index=range(len(listed)))
    return table


def statements(answer: Any) -> pd.DataFrame:
    """Returns the statements that an answer rests on: a row for each citation of each."""
    rows = []
    for statement in answer.statements:
        facts = _flat(dataclasses.replace(statement, citations=()))
        del facts["citations"]
        for citation in statement.citations:
            cited = {f"citation.{name}": value for name, value in _flat(citation).items()}
            rows.append(facts | cited)
    return pd.DataFrame(rows)


def synergy_table(answer: FindSynergiesResponse) -> pd.DataFrame:
    """Returns what a state has on each theme of an instrument: a row for each theme, nearest first.

    Columns: `theme`, `best_class`, `instrument` and `provision` of the best own commitment,
    `joining` (what joining would change), `confidence`, `commitments` and `agencies` (how many),
    and `sources` (their names).
    """
    cited = _sources_of(answer.statements)
    rows = []
    for theme in answer.themes:
        best = theme.commitments[0] if theme.commitments else None
        rows.append(
            {
                "theme": _shown(theme.theme),
                "best_class": theme.best_class.name,
                "instrument": _shown(best.instrument) if best else "",
                "provision": _shown(best.provision) if best else "",
                "joining": theme.joining_effect.name,
                "confidence": best.confidence.name if best else Confidence.UNSPECIFIED.name,
                "commitments": len(theme.commitments),
                "agencies": len({link.agency.name for link in theme.agencies if link.agency}),
                "sources": _joined_sources(best.evidence if best else (), cited),
            }
        )
    return pd.DataFrame(rows)


def status_table(answer: GetStatusResponse) -> pd.DataFrame:
    """Returns how states stand towards an instrument: a row for each state of the answer.

    Columns: `code`, `state`, and then the fields of a status, as `status`, with dates as texts.
    """
    rows = []
    for state in answer.states:
        flat = _flat(state)
        name, shown = flat.pop("state.name", ""), flat.pop("state.display_name", "")
        rows.append({"code": name.rsplit("/", 1)[-1], "state": shown} | flat)
    return pd.DataFrame(rows)


def _flat(message: Any) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for field in dataclasses.fields(message):
        value = getattr(message, field.name)
        if isinstance(value, Message):
            flat |= {f"{field.name}.{name}": each for name, each in _flat(value).items()}
        elif isinstance(value, Mapping):
            flat |= {f"{field.name}.{name}": _cell(each) for name, each in value.items()}
        else:
            flat[field.name] = _cell(value)
    return flat


def _cell(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, Date):
        return str(value)
    return value


def _shown(node: Any) -> str:
    return "" if node is None else node.display_name or node.name


def _sources_of(listed: Sequence[Statement]) -> dict[str, list[str]]:
    return {each.name: [cited.source for cited in each.citations] for each in listed}


def _joined_sources(evidence: Sequence[str], cited: Mapping[str, list[str]]) -> tuple[str, ...]:
    return tuple(sorted({source for name in evidence for source in cited.get(name, [])}))
