"""References of cases and reports, and button secrets, in a mail (design.md part 2)."""

import re
from collections.abc import Iterable

from bot.rules.mail import SecretSeen

MAX_TOKENS = 50
REF = r"Z(?:C\d{4}-\d{4,9}|B\d{4}-W\d\d-\d{2,4})"
"""A case (ZC2026-0001) or a weekly report (ZB2026-W38-01)."""
_TOKEN = re.compile(rf"(?<![A-Za-z0-9]){REF}(?!\d)")
_SECRET = re.compile(rf"({REF})#([A-Z2-7]{{16}})(?![A-Za-z0-9])")
# As links carry it: percent-encoded once or more, or as an HTML entity.
_LEAKED = re.compile(rf"({REF})(?:#|＃|%(?:25)*23|&#35;|&#x23;|&num;)([A-Z2-7]{{16}})(?![A-Za-z0-9])")


def _may_hold(text: str) -> bool:
    """A cheap look before the search: nearly all texts hold none."""
    return "Z" in text and ("ZC" in text or "ZB" in text)


def find_tokens(*texts: str) -> tuple[str, ...]:
    """References (`ZC2026-0001`, `ZB2026-W38-01`) in order of appearance, each once, at most MAX_TOKENS."""
    found = dict.fromkeys(token for text in texts if _may_hold(text) for token in _TOKEN.findall(text))
    return tuple(found)[:MAX_TOKENS]


def find_secrets(text: str) -> tuple[SecretSeen, ...]:
    """Secrets that the person sent: those in the fresh text, each once."""
    return tuple(SecretSeen(*found) for found in dict.fromkeys(_SECRET.findall(text))) if _may_hold(text) else ()


def find_leaked(texts: Iterable[str], used: tuple[SecretSeen, ...]) -> tuple[SecretSeen, ...]:
    """Secrets anywhere else, also in links: to be burnt, for whoever got this mail could use them."""
    found = dict.fromkeys(pair for text in texts if _may_hold(text) for pair in _LEAKED.findall(text))
    return tuple(seen for pair in found if (seen := SecretSeen(*pair)) not in used)


def hide_secrets(text: str) -> str:
    """`text` with every secret gone; the case number before it stays. For whatever is stored or shown."""
    return _LEAKED.sub(r"\1", text) if _may_hold(text) else text
