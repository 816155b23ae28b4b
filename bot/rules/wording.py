"""What differs from notice to notice, and the small pieces that thread and private notices share."""

from dataclasses import dataclass, field

from bot.rules.case import Case
from bot.rules.notice import Line, Personal
from bot.rules.parts import deciders
from bot.rules.scene import Scene


@dataclass(frozen=True, slots=True)
class Words:
    """What differs from notice to notice."""

    headline: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    more: tuple[Line, ...] = ()
    personal: dict[str, Personal] = field(default_factory=dict)


def to_deciders(scene: Scene, case: Case, personal: Personal) -> dict[str, Personal]:
    """The same personal part for everybody who may decide today."""
    today = scene.policy.hours.local(scene.now).date()
    return {p.address: personal for p in deciders(scene.policy, case, today)} if personal != Personal() else {}
