"""The timeline chart as the picture of a mail (R41)."""

from hashlib import sha256
from pathlib import Path

from bot.papers.picture import draw_for_mail
from bot.rules.mail import Attachment
from bot.rules.notice import Notice
from bot.rules.plans.timeline import summary
from bot.rules.scene import Scene


def enclose_chart(_notice: Notice, scene: Scene, *, font: Path | None = None) -> tuple[Attachment, ...]:
    """The chart of the scene's timeline, shown within the text, its facts in words as its alt; () without one."""
    if scene.timeline is None:
        return ()
    png = draw_for_mail(scene.timeline, font)
    alt = f"{summary(scene.timeline)}；明细见下表"
    return (Attachment("客户时间节点图.png", "image/png", png, sha256(png).hexdigest(), inline=True, alt=alt),)
