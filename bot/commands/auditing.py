"""`audit`: mailboxes and database side by side, and every hash verified. It changes nothing."""

from collections.abc import Iterable

from bot.commands.output import complain, print_json, print_table
from bot.errors import FolderMissing, MailServerError
from bot.fetch.connection import Mailbox
from bot.fetch.news import find_new
from bot.fetch.peek import peek_header
from bot.house import House


def audit(house: House, *, as_json: bool) -> int:
    """Lay mailboxes and database side by side and verify every hash; exit code 1 when anything is wrong."""
    faults: list[str] = []
    missing = sum(_missing(house, faults))
    with house.store.open().reading() as tx:
        counts = tx.audit.counts()
        chain = [f"history of {fault}" for fault in map(str, tx.history.verify())]
        raw = [f"raw mail {fault.sha256}: {fault.what}" for fault in tx.audit.raw_faults()]
        lonely = [f"case {ref}: no mail belongs to it" for ref in tx.audit.cases_without_mails()]
    result = {
        "mails": counts.mails,
        "acted": counts.acted,
        "ignored": counts.ignored,
        "quarantined": counts.quarantined,
        "missing": missing,
        "chain_ok": not chain,
        "raw_ok": not raw,
        "faults": [*faults, *chain, *raw, *lonely],
    }
    if as_json:
        print_json(result)
    else:
        print_table(("", ""), ((key, value) for key, value in result.items() if key != "faults"))
        complain(result["faults"])  # type: ignore[arg-type]
    return 1 if result["faults"] or missing else 0


def _missing(house: House, faults: list[str]) -> Iterable[int]:
    """Per folder: mails on the server that have no fate."""
    for account in house.config.accounts:
        try:
            with Mailbox(house.imap(account)) as mailbox:
                for folder in mailbox.choose_folders():
                    lost = _without_fate(house, mailbox, folder, faults)
                    faults += [f"{account.name}/{folder}: mail {uid} has no fate; run: zhichi once" for uid in lost]
                    yield len(lost)
        except MailServerError as error:  # the database is verified all the same
            faults.append(str(error))


def _without_fate(house: House, mailbox: Mailbox, folder: str, faults: list[str]) -> list[int]:
    try:
        news = find_new(mailbox, folder, None)
    except FolderMissing as error:
        faults.append(str(error))
        return []
    account = mailbox.settings.account
    with house.store.reading() as tx:
        known = {(f.uidvalidity, f.uid) for f in tx.audit.fates(account, folder)}
        cursor = tx.mails.cursor(account, folder)
    read_until = cursor.last_uid if cursor and cursor.uidvalidity == news.uidvalidity else 0
    lost = [uid for uid in news.uids if (news.uidvalidity, uid) not in known]
    return sorted({*lost} - _own_copies(house, mailbox, folder, [uid for uid in lost if uid > read_until]))


def _own_copies(house: House, mailbox: Mailbox, folder: str, uids: list[int]) -> set[int]:
    """Which are the bot's own copies that came back after its last turn: their fate stands in the outbox.

    Asked of what is not read yet alone: anybody can write the header that tells.
    """
    if not uids:
        return set()
    own_ids = peek_header(mailbox, folder, uids, "X-Zhichi-Id")
    with house.store.reading() as tx:
        return {uid for uid in uids if (own := own_ids.get(uid)) and tx.outbox.by_own_id(own)}
