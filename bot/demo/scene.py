"""A scene as data: when, what people write, and what must be true afterwards, or the story stops."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.demo.acts import Written
from bot.demo.world import World
from bot.rules.case import DeadlineKind as D
from bot.rules.notice import NoticeKind as N
from bot.rules.times.hours import SHANGHAI
from bot.rules.words import Stage


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene. Everything below `act` is a claim that is checked after the bot's turn.

    `sends`: exactly these notices, besides morning digests; `shows`: words that must stand in one of them, and are
    quoted; `marks`: events that must be on a case's record; `holds`: whatever else the note says.
    """

    at: datetime
    title: str
    lead: str
    act: Callable[[World], Iterator[Written]]
    sends: tuple[N, ...]
    stages: dict[str, Stage] = field(default_factory=dict)
    dues: dict[tuple[str, D], datetime] = field(default_factory=dict)
    shows: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    holds: Callable[[World], bool] = lambda _world: True
    note: str = ""


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the story: 2026, in Shanghai."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)
