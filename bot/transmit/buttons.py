"""One-tap answers: `mailto:` links whose mail says the answer and carries the secret (R10, design.md part 2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from bot.rules.notice import Button, Letter
from bot.transmit.headers import clean_text, clean_value, wire_address

MAX_SUBJECT_IN_LINK = 60  # characters, of an answer; the token line says which case it is about
MAX_LINK = 2000  # octets; Windows opens no link longer than 2,048, whatever the mail program
MAX_TEXT_IN_LINK = 600  # characters of a letter's text
_MAX_PEOPLE = 500  # octets of To, and of Cc
_BREAK = "%0D%0A"
CUT_NOTE = "（正文较长，以下请从原邮件复制补全）"


@dataclass(frozen=True, slots=True)
class Tap:
    """A button ready to be shown: `href` goes into a link, `says` and `token_line` the same by hand.

    `answers`: a reply that says `says` does the same; a new mail to others cannot be given by reply.
    """

    label: str
    style: str
    href: str
    says: str
    token_line: str
    answers: bool = True


def make_taps(buttons: Iterable[Button], *, to: str, subject: str, ref: str, secret: str) -> tuple[Tap, ...]:
    """The buttons as links to the mailbox `to`; a button that needs a secret and has none raises ValueError."""
    short = clean_value(subject)[:MAX_SUBJECT_IN_LINK]
    start = f"mailto:{quote(to, safe='@')}?subject={quote(short, safe='')}&body="
    return tuple(
        _make_letter_tap(button, button.letter, to) if button.letter else _make_tap(button, start, ref, secret)
        for button in buttons
    )


def _make_tap(button: Button, start: str, ref: str, secret: str) -> Tap:
    if button.secret and not (ref and secret):
        raise ValueError(f"button {button.label!r} carries a secret, but the notice has none")
    says = clean_value(button.says)
    token_line = _token_line(ref, secret if button.secret else "")
    end = f"{_BREAK}{_BREAK}{quote(token_line, safe='')}{_BREAK}" if token_line else _BREAK
    return Tap(clean_value(button.label), button.style, f"{start}{_quote_says(says)}{end}", says, token_line)


@lru_cache(maxsize=1024)
def _quote_says(says: str) -> str:
    """The few answers there are; nothing of one person."""
    return quote(says, safe="")


def _make_letter_tap(button: Button, letter: Letter, own: str) -> Tap:
    """A new mail to the letter's people and the bot: the whole subject, of the text as much as a link holds."""
    to = _addresses(letter.to)
    cc = tuple(a for a in _addresses((own, *letter.cc)) if a not in to)
    subject, says = clean_value(letter.subject), clean_value(button.says)
    start = f"mailto:{_list(to)}?cc={_list(cc)}&subject={quote(subject, safe='')}&body="
    head = quote(f"{says}\r\n\r\n" if says else "", safe="")
    body = _fit(clean_text(letter.text).strip(), MAX_LINK - len(start) - len(head))
    return Tap(clean_value(button.label), button.style, f"{start}{head}{body}", says, "", answers=False)


def _addresses(written: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(wire for a in written if (wire := wire_address(a))))


def _list(addresses: Iterable[str]) -> str:
    """Addresses for a link, as many as leave room for subject and text; whom R1 requires the bot adds by itself."""
    kept = ""
    for address in addresses:
        more = f"{kept},{quote(address, safe='@')}" if kept else quote(address, safe="@")
        if len(more) > _MAX_PEOPLE:
            break
        kept = more
    return kept


def _fit(text: str, room: int) -> str:
    """`text` for a link, in at most `room` octets where that is possible; what is cut off is said."""
    whole = _encode(text)
    if len(text) <= MAX_TEXT_IN_LINK and len(whole) <= room:
        return whole
    note = _encode(f"\n{CUT_NOTE}\n")
    kept = text[:MAX_TEXT_IN_LINK]
    while kept and len(_encode(kept)) + len(note) > room:
        kept = kept[:-1]
    return _encode(kept.rstrip()) + note


def _encode(text: str) -> str:
    return quote(text.replace("\n", "\r\n"), safe="")


def _token_line(ref: str, secret: str) -> str:
    # The link opens a fresh mail without In-Reply-To, so the case is named even where nothing is to be proved.
    if not ref:
        return ""
    return f"（请勿改动此行）[{ref}#{secret}]" if secret else f"（请勿改动此行）[{ref}]"
