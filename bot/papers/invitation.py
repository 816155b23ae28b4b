"""Calendar entries for the confirmed days, as RFC 5545 files with RFC 5546 methods (iTIP), for Outlook and phones.

They ride on the mail that confirms (R46). A changed entry goes to all again with a higher SEQUENCE; who is no longer
needed, and everybody when the case is called off, gets a CANCEL of the same UID.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.rules.case import Case
from bot.rules.mail import Address, Attachment
from bot.rules.notice import Notice
from bot.rules.plans.invitation import Attendance, Invitation
from bot.rules.plans.inviting import uid_of
from bot.rules.scene import Scene
from bot.rules.times.hours import OfficeHours

if TYPE_CHECKING:
    from icalendar import Calendar, Event, vCalAddress

REQUEST, CANCEL = "REQUEST", "CANCEL"
FILE_NAME = "invite.ics"
_LONGEST = 500  # characters of a text property; names are written by people


def enclose_invitation(notice: Notice, scene: Scene) -> tuple[Attachment, ...]:
    """The entry for those it invites and, of those, a cancellation for whom it no longer needs; () when unchanged."""
    case, bot = scene.case, scene.bot
    if not notice.invites or case is None or case.invitation is None or bot is None:
        return ()
    invitation = case.invitation
    files = _files(make_invitation(scene, case, invitation, bot), _method(invitation), invitation.people)
    if invitation.left:
        files += _files(make_dismissal(scene, case, invitation, bot), CANCEL, invitation.left)
    return files


def _method(invitation: Invitation) -> str:
    return CANCEL if invitation.cancelled else REQUEST


def _files(content: bytes, method: str, people: tuple[str, ...]) -> tuple[Attachment, ...]:
    """Twice the same: as another form of the text, which Outlook shows with its buttons, and as a file to open."""
    digest = sha256(content).hexdigest()
    kind = f"text/calendar; method={method}; charset=UTF-8"
    return (
        Attachment(FILE_NAME, kind, content, digest, only_for=people, alternative=True),
        Attachment(FILE_NAME, "application/ics", content, digest, only_for=people),
    )


def make_invitation(scene: Scene, case: Case, invitation: Invitation, bot: Address) -> bytes:
    """REQUEST, or CANCEL of the whole when it is called off."""
    event = _event(scene, case, invitation, bot, invitation.people)
    event.add("status", "CANCELLED" if invitation.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if invitation.cancelled else "OPAQUE")
    return _finish(_method(invitation), event, invitation, scene.policy.hours)


def make_dismissal(scene: Scene, case: Case, invitation: Invitation, bot: Address) -> bytes:
    """CANCEL for those who left alone: without STATUS, or the whole would count as called off (RFC 5546, 3.2.5)."""
    return _finish(CANCEL, _event(scene, case, invitation, bot, invitation.left), invitation, scene.policy.hours)


def _event(scene: Scene, case: Case, invitation: Invitation, bot: Address, people: Iterable[str]) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", uid_of(case))
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", scene.now.astimezone(UTC).replace(microsecond=0))
    start, end = span(invitation, scene.policy.hours)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", _text(f"技术支持：{case.customer} {case.project}（{case.ref}）"))
    if invitation.place:
        event.add("location", _text(invitation.place))
    event.add("description", _text(_describe(scene, case)))
    event.add("organizer", _party(bot, {"CN": bot.name}))
    for address in people:
        event.add("attendee", _attendee(scene, case, invitation, address))
    return event


def span(invitation: Invitation, hours: OfficeHours) -> tuple[date | datetime, date | datetime]:
    """DTSTART and DTEND; the end of whole days is the day after the last (RFC 5545, 3.6.1)."""
    if invitation.start is None or invitation.end is None:
        return invitation.on, invitation.until + timedelta(days=1)
    start = datetime.combine(invitation.on, invitation.start, hours.zone)
    return start, datetime.combine(invitation.until, invitation.end, hours.zone)


def _describe(scene: Scene, case: Case) -> str:
    names = "、".join(scene.name(e) for e in case.engineers)
    said = dict(case.fields)
    pairs = (
        ("编号", case.ref),
        ("工程师", names),
        ("销售", scene.name(case.sales)),
        ("方式", case.mode),
        ("内容", said.get("支持内容", "")),
        ("联系人", said.get("客户联系人", "")),
    )
    told = "\n".join(f"{label}：{value}" for label, value in pairs if value)
    return f"{told}\n\n需要更改请回复确认邮件；谢绝会告知总监，但不改变安排。"


def _attendee(scene: Scene, case: Case, invitation: Invitation, address: str) -> "vCalAddress":
    answer = Attendance.NEEDS_ACTION if invitation.cancelled else invitation.answer_of(address)
    role = "REQ-PARTICIPANT" if address in case.engineers or address in invitation.left else "OPT-PARTICIPANT"
    waits = answer is Attendance.NEEDS_ACTION and not invitation.cancelled and address in invitation.people
    parameters = {"CN": scene.name(address), "CUTYPE": "INDIVIDUAL", "ROLE": role, "PARTSTAT": answer.value}
    return _party(Address(address), parameters | {"RSVP": "TRUE" if waits else "FALSE"})


def _party(who: Address, parameters: dict[str, str]) -> "vCalAddress":
    from icalendar import vCalAddress

    party = vCalAddress(f"mailto:{who.email}")
    for name, value in parameters.items():
        if clean := _text(value).replace('"', "").replace("\n", " "):
            party.params[name] = clean
    return party


def _text(words: str) -> str:
    """Without control characters, which RFC 5545 forbids, and of bounded length."""
    kept = "".join(c for c in words if c == "\n" or c.isprintable())
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1] + "…"


def _finish(method: str, event: "Event", invitation: Invitation, hours: OfficeHours) -> bytes:
    from icalendar import Calendar

    calendar: Calendar = Calendar()
    calendar.add("prodid", "-//Zhichi//zhichi 1.0//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if invitation.start is not None:
        _add_zone(calendar, invitation, hours)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _add_zone(calendar: "Calendar", invitation: Invitation, hours: OfficeHours) -> None:
    """The zone's own rules, without which a TZID means nothing to the reader (RFC 5545, 3.2.19)."""
    from icalendar import Timezone

    years = date(invitation.on.year, 1, 1), date(invitation.until.year + 1, 1, 1)
    zone = Timezone.from_tzid(hours.zone.key, first_date=years[0], last_date=years[1])
    zone.pop("COMMENT", None)
    calendar.add_component(zone)
