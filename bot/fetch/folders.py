"""Which folder is what, by SPECIAL-USE or XLIST flags, else by the names Chinese hosts use (mail-in-china.md B7)."""

from collections.abc import Iterable
from dataclasses import dataclass

_JUNK_FLAGS = {"\\junk", "\\spam"}
_SENT_FLAGS = {"\\sent"}
_JUNK_NAMES = {"junk", "spam", "junk e-mail", "junk email", "bulk mail", "垃圾邮件", "垃圾箱", "广告邮件", "订阅邮件"}
_SENT_NAMES = {"sent", "sent messages", "sent items", "sent mail", "已发送", "已发送邮件", "已发邮件"}


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder as listed: decoded `name`, `flags` in lower case, `delimiter` or ""."""

    name: str
    flags: frozenset[str] = frozenset()
    delimiter: str = "/"

    @property
    def leaf(self) -> str:
        """The last part of the name, in lower case, for comparison."""
        return (self.name.rsplit(self.delimiter, 1)[-1] if self.delimiter else self.name).strip().lower()


def choose_folders(folders: Iterable[Folder]) -> tuple[str, ...]:
    """INBOX and every junk, advertisement or subscription folder: the bot's mail and its answers do land there."""
    junk = [f.name for f in folders if f.flags & _JUNK_FLAGS or f.leaf in _JUNK_NAMES]
    return ("INBOX", *(name for name in junk if name.upper() != "INBOX"))


def find_sent_folder(folders: Iterable[Folder]) -> str:
    """The folder for sent mail, or "". A flag is believed before a name."""
    listed = list(folders)
    flagged = [f.name for f in listed if f.flags & _SENT_FLAGS]
    named = [f.name for f in listed if f.leaf in _SENT_NAMES]
    return next(iter(flagged + named), "")
