"""What a notice carries besides its words: forms, reports, charts, invitations (R28, R30, R41)."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bot.errors import StoreError
from bot.rules.mail import Attachment
from bot.rules.notice import Notice, NoticeKind
from bot.rules.scene import Scene

log = logging.getLogger(__name__)

Encloser = Callable[[Notice, Scene], Iterable[Attachment]]
"""Makes the files of one notice; an `inline` Attachment is shown within the text, the others hang below it."""


@dataclass(frozen=True)
class Enclosing:
    """Which enclosers serve which kind of notice. `house.py` fills it from the papers that are configured."""

    makers: Mapping[NoticeKind, tuple[Encloser, ...]] = field(default_factory=dict)

    def enclose(self, notice: Notice, scene: Scene) -> tuple[Attachment, ...]:
        """All files for `notice`. A paper that cannot be made is logged and left out: the words matter more."""
        return tuple(file for make in self.makers.get(notice.kind, ()) for file in _try(make, notice, scene))


def _try(make: Encloser, notice: Notice, scene: Scene) -> tuple[Attachment, ...]:
    try:
        return tuple(make(notice, scene))
    except StoreError:
        raise
    except Exception:
        log.exception("%s: a paper could not be made; `zhichi check` tries each", notice.key)
        return ()
