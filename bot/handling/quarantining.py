"""A mail that cannot be handled is kept aside with its bytes, and the turn goes on; of each the operator hears once."""

from collections.abc import Mapping
from datetime import datetime

from bot.fetch.news import FetchedMail
from bot.handling.oversize import answer_oversize
from bot.handling.recording import Cause, Recorder
from bot.rules.decision import Say
from bot.rules.notice import NoticeKind
from bot.rules.people import Company
from bot.rules.words import Fate
from bot.store.mails import NewMail
from bot.store.store import Store

NOT_WHOLE = "not fetched whole"
"""The summary of a quarantined mail of which only the header is kept (too big, or not handed out)."""


class Quarantine:
    """Where such mails wait until they are tried again. `hosts`: each account's host whose word proves a sender."""

    def __init__(self, store: Store, company: Company, recorder: Recorder, hosts: Mapping[str, str]) -> None:
        self._store = store
        self._company = company
        self._recorder = recorder
        self._hosts = hosts

    def keep(self, fetched: FetchedMail, why: str, now: datetime, *, old: bool = False) -> Fate:
        """Keep the mail aside, in a transaction of its own; `why`: what went wrong with it, as the operator reads it.

        `old`: it lay there before the bot came, so its sender is not answered.
        """
        env = fetched.envelope
        with self._store.transaction(alone=True) as tx:
            there = tx.mails.find_place(env.account, env.folder, env.uidvalidity, env.uid)
            if there and there.fate is Fate.QUARANTINED:
                tx.mails.quarantine_again(there.id, why, now)
            elif there is None:
                new = NewMail(
                    account=env.account,
                    folder=env.folder,
                    uidvalidity=env.uidvalidity,
                    uid=env.uid,
                    received_at=env.received_at,
                    raw_sha256=tx.mails.keep_raw(fetched.raw),
                    size=len(fetched.raw),
                    recorded_at=now,
                    summary=NOT_WHOLE if fetched.problem else "",
                )
                mail_id = tx.mails.quarantine(new, why)
                text = f"邮件 {mail_id} 无法处理，已隔离：{why}。请运行 zhichi quarantine show {mail_id}"
                say = Say(NoticeKind.OPERATOR, text=text, slot=f"quarantine:{mail_id}")
                self._recorder.say(tx, say, None, Cause(), env.account, now)
                host = self._hosts[env.account]
                answer = None if old else answer_oversize(fetched, self._company, host, mail_id)
                if answer:
                    self._recorder.say(tx, answer, None, Cause(), env.account, now)
            tx.mails.set_cursor(env.account, env.folder, env.uidvalidity, env.uid)
        return Fate.QUARANTINED
