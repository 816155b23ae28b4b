"""A look at one header field of some mails, for laying mailbox and database side by side (`zhichi audit`)."""

from collections.abc import Sequence

from bot.fetch.connection import Mailbox

_AT_ONCE = 500


def peek_header(mailbox: Mailbox, folder: str, uids: Sequence[int], name: str) -> dict[int, str]:
    """The field `name` (ASCII) of each of `uids` in `folder`, "" where a mail lacks it; vanished mails are left out."""
    found: dict[int, str] = {}
    mailbox.open(folder)
    item = f"BODY.PEEK[HEADER.FIELDS ({name.upper()})]"
    with mailbox.talking() as client:
        for start in range(0, len(uids), _AT_ONCE):
            for uid, answer in client.fetch(list(uids[start : start + _AT_ONCE]), [item]).items():
                lines = next((v for k, v in answer.items() if k.startswith(b"BODY[HEADER.FIELDS")), b"") or b""
                found[uid] = lines.decode("ascii", "replace").partition(":")[2].strip()
    return found
