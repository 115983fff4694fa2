"""Dates as precise as their source: a day, a month or a year."""

from __future__ import annotations

import dataclasses
import datetime
import re
from typing import TypeAlias

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class Date:
    """A date in the world. A treaty's date is often only a year, and no day is made up.

    Dates are ordered by their first day; one without a day comes before the first of its month.
    """

    year: int
    """The year, from 1."""
    month: int = 0
    """The month, 1 to 12; 0 where it is not known."""
    day: int = 0
    """The day of the month; 0 where it is not known."""

    @classmethod
    def of(cls, date: DateLike) -> Date:
        """Returns the date that is meant.

        Args:
            date: A `Date`, a `datetime.date`, or a text as `2026-02-03`, `2026-02` or `2026`.

        Raises:
            ValueError: The text is no date.
        """
        if isinstance(date, Date):
            return date
        if isinstance(date, datetime.date):
            return cls(date.year, date.month, date.day)
        found = _WRITTEN.fullmatch(date)
        if found is None:
            raise ValueError(f"{date!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
        read = cls(*(int(part) for part in found.groups(default="0")))
        try:
            read.first_day()
        except ValueError as error:
            raise ValueError(f"there is no {date}: {error}") from None
        return read

    def first_day(self) -> datetime.date:
        """Returns the first day that the date may mean.

        Raises:
            ValueError: There is no such day.
        """
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        """Writes it as the text that `of` reads."""
        text = f"{self.year:04}"
        if self.month:
            text += f"-{self.month:02}"
        if self.day:
            text += f"-{self.day:02}"
        return text


DateLike: TypeAlias = Date | datetime.date | str
"""What stands for a date in a question."""
