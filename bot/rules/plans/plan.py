"""A project's own milestones, as written by mail (R35): values only."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of a mail: `里程碑：环境准备 9月25日 李工 缓冲1天`. `who` as written; `problem` in Chinese.

    `moved`: 改到, a new day for one that is known; `done`: reached, on `day` if said; `dropped`: no longer wanted.
    """

    name: str
    day: date | None = None
    who: str = ""
    buffer: int | None = None  # working days
    moved: bool = False
    done: bool = False
    dropped: bool = False
    problem: str = ""
    text: str = ""  # the line as written, after 里程碑：


@dataclass(frozen=True, slots=True)
class Milestone:
    """One milestone of a case, known by its name. `first` is the day it was first planned for.

    `buffer`: working days it may slip before that is a slip. `pushed`: working days by which it has already moved what
    comes after it. `told`: that it is late has been said, for the day it is planned now.
    """

    name: str
    planned: date
    first: date
    who: str = ""  # address
    buffer: int = 0
    actual: date | None = None
    pushed: int = 0
    told: bool = False
    dropped: bool = False
    late_on: date | None = None  # the day on which it is to be told as late; None: nothing to tell
    case_id: int = 0
    id: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it is still to be reached."""
        return self.actual is None and not self.dropped
