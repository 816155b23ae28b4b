"""`quarantine` and `outbox`: the operator's hands."""

from datetime import datetime

from bot.commands.output import complain, print_json, print_table, stdout
from bot.errors import ConfigError
from bot.fetch.connection import Mailbox
from bot.fetch.news import News, fetch_mails
from bot.handling.quarantining import NOT_WHOLE
from bot.house import House
from bot.rules.words import Fate
from bot.store.mails import MailRow, QuarantineRow
from bot.store.outbox_tables import OutboxStatus


def list_quarantine(house: House, *, as_json: bool) -> int:
    """The mails that could not be handled."""
    with house.store.open().reading() as tx:
        rows = tx.mails.quarantined()
    if as_json:
        for row in rows:
            print_json(_quarantined(row))
    else:
        print_table(
            ("号", "收到", "发件人", "主题", "次数", "原因"),
            (
                (r.mail.id, r.mail.received_at.isoformat(), r.mail.sender, r.mail.subject, r.tries, r.error)
                for r in rows
            ),
        )
    return 0


def _quarantined(row: QuarantineRow) -> dict[str, object]:
    mail = row.mail
    return {
        "id": mail.id,
        "account": mail.account,
        "folder": mail.folder,
        "uid": mail.uid,
        "received_at": mail.received_at.isoformat(),
        "sender": mail.sender,
        "subject": mail.subject,
        "tries": row.tries,
        "error": row.error,
    }


def show_quarantined(house: House, mail_id: int) -> int:
    """The raw bytes of a quarantined mail on stdout, as text that cannot hurt a terminal."""
    with house.store.open().reading() as tx:
        row = next((r for r in tx.mails.quarantined() if r.mail.id == mail_id), None)
        raw = tx.mails.raw(row.mail.raw_sha256) if row else b""
    if row is None:
        complain([f"mail {mail_id} is not in quarantine; see: zhichi quarantine list"])
        return 1
    complain([f"{row.error} ({row.tries} tries)"])
    shown = raw.decode("utf-8", "replace")
    stdout.out("".join(c if c.isprintable() or c in "\n\t" else "�" for c in shown), highlight=False)
    return 0


def retry_quarantined(house: House, mail_id: int | None, now: datetime) -> int:
    """Try one mail again, or all of them; exit code 1 when any stays."""
    with house.store.open().reading() as tx:
        rows = [r for r in tx.mails.quarantined() if mail_id in {None, r.mail.id}]
    if mail_id is not None and not rows:
        complain([f"mail {mail_id} is not in quarantine; see: zhichi quarantine list"])
        return 1
    fates = [_retry(house, row.mail, now) for row in rows]
    complain(f"mail {row.mail.id}: {fate.value}" for row, fate in zip(rows, fates, strict=True))
    return 1 if Fate.QUARANTINED in fates else 0


def _retry(house: House, mail: MailRow, now: datetime) -> Fate:
    """Once more; what was not fetched whole is fetched again first, under the limits that hold now."""
    if mail.summary != NOT_WHOLE:
        return house.intake.retry(mail, now)
    account = next((a for a in house.config.accounts if a.name == mail.account), None)
    if account is None:
        raise ConfigError([f"accounts: {mail.account} is not configured any more; mail {mail.id} cannot be fetched"])
    with Mailbox(house.imap(account)) as mailbox:
        news = News(mail.folder, mail.uidvalidity, (mail.uid,))
        fates = [house.intake.take(fetched, now) for fetched in fetch_mails(mailbox, news)]
    return fates[0] if fates else Fate.QUARANTINED


def list_outbox(house: House, status: OutboxStatus | None, *, as_json: bool) -> int:
    """Outgoing copies; without a status everything that is not done with."""
    with house.store.open().reading() as tx:
        lines = [
            line
            for line in tx.outbox.list(status)
            if status or line.status not in {OutboxStatus.SENT, OutboxStatus.DROPPED}
        ]
    if as_json:
        for line in lines:
            print_json(
                {
                    "id": line.id,
                    "kind": line.kind.value,
                    "status": line.status.value,
                    "to": list(line.recipients),
                    "subject": line.subject,
                    "attempts": line.attempts,
                    "next_try_at": line.next_try_at.isoformat(),
                    "error": line.last_error,
                }
            )
    else:
        print_table(
            ("号", "种类", "状态", "收件人", "次数", "原因"),
            ((x.id, x.kind.value, x.status.value, "、".join(x.recipients), x.attempts, x.last_error) for x in lines),
        )
    return 0


def retry_outbox(house: House, copy_id: int, now: datetime) -> int:
    """Send a failed, held, uncertain or dropped copy after all."""
    with house.store.open().transaction() as tx:
        done = tx.outbox.retry(copy_id, now)
    return _said(copy_id, "will be sent at the next turn", "is not failed, held, uncertain or dropped", done=done)


def drop_outbox(house: House, copy_id: int) -> int:
    """Never send a copy."""
    with house.store.open().transaction() as tx:
        done = tx.outbox.drop(copy_id)
    return _said(copy_id, "will not be sent", "is on its way, sent or dropped already", done=done)


def _said(copy_id: int, yes: str, no: str, *, done: bool) -> int:
    complain([f"outbox {copy_id} {yes}" if done else f"outbox {copy_id} {no}; see: zhichi outbox list"])
    return 0 if done else 1
