"""The samples of all kinds."""

from bot.rules.notice import Notice, NoticeKind
from bot.transmit.samples.answers import ANSWERS
from bot.transmit.samples.approval import APPROVAL
from bot.transmit.samples.beside import BESIDE
from bot.transmit.samples.clock import BY_CLOCK
from bot.transmit.samples.completion import COMPLETION
from bot.transmit.samples.work import AT_WORK

_SAMPLES = {notice.kind: notice for notice in (*APPROVAL, *AT_WORK, *COMPLETION, *BESIDE, *BY_CLOCK, *ANSWERS)}


def sample_notice(kind: NoticeKind) -> Notice:
    """A notice of `kind` with everything such a notice carries; the same at every call."""
    return _SAMPLES[kind]
