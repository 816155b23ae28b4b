"""A mail above the limit: the operator hears of it, and so does its sender, who would wait for an answer in vain."""

from bot.fetch.news import FetchedMail
from bot.parse.mail import parse_mail
from bot.rules.decision import Say
from bot.rules.notice import NoticeKind
from bot.rules.people import Company
from bot.rules.words import Kind, Proof


def answer_oversize(fetched: FetchedMail, company: Company, authserv_id: str, mail_id: int) -> Say | None:
    """What its sender is told; None for strangers, machines, and a sender whom the host calls forged.

    Only the header was fetched, so nothing else of the mail is known.
    """
    if not (fetched.too_big and fetched.raw):
        return None
    mail = parse_mail(
        fetched.raw,
        received_at=fetched.envelope.received_at,
        authserv_id=authserv_id,
        bot_addresses=company.bot_addresses,
    )
    sender = company.find(mail.sender.email)
    if sender is None or mail.kind is not Kind.HUMAN or mail.proof.verdict is Proof.FAIL:
        return None
    return Say(
        NoticeKind.ASK,
        to=(sender.address,),
        text=mail.subject.raw,
        headline="您的邮件太大，没有处理。",
        items=("请去掉附件，或把附件分几封、压缩图片后重新发送。", "原邮件还在邮箱里，管理员也已收到通知。"),
        slot=f"oversize:{mail_id}",
        general=True,
    )
