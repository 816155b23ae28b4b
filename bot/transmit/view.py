"""What a template sees: these names, `once`, and no others (`zhichi check` reports every other name)."""

from dataclasses import dataclass

from bot.rules.notice import Notice
from bot.transmit.buttons import Tap
from bot.transmit.quote import NO_QUOTE, Quote


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who the bot is in its mails. `domain` makes its Message-IDs."""

    address: str
    name: str
    domain: str
    company: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture shown in the HTML part, such as a case's timeline (R41)."""

    cid: str
    name: str
    alt: str  # what it shows, for who sees no pictures


@dataclass(frozen=True, slots=True)
class View:
    """One rendition's content. `ask`, `taps`, `answers`, `token_line` are this person's own; else they are empty."""

    notice: Notice
    bot: BotIdentity
    ask: str = ""
    taps: tuple[Tap, ...] = ()
    answers: tuple[str, ...] = ()  # what a reply may say to the same effect as a button
    token_line: str = ""  # to be kept in the answer when no button is used
    quote: Quote = NO_QUOTE
    pictures: tuple[Picture, ...] = ()
