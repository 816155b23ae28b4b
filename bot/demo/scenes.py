"""The scenes as data: when, what people write, and what must be true afterwards, or the story stops."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.demo import acts
from bot.demo.acts import FIRST, SECOND, Written
from bot.demo.world import World
from bot.rules.case import DeadlineKind as D
from bot.rules.hours import SHANGHAI
from bot.rules.notice import NoticeKind as N
from bot.rules.words import Stage


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene. Everything below `act` is a claim that is checked after the bot's turn.

    `sends`: exactly these notices, besides morning digests; `shows`: words that must stand in one of them, and are
    quoted; `marks`: events that must be on a case's record; `holds`: whatever else the note says.
    """

    at: datetime
    title: str
    lead: str
    act: Callable[[World], Iterator[Written]]
    sends: tuple[N, ...]
    stages: dict[str, Stage] = field(default_factory=dict)
    dues: dict[tuple[str, D], datetime] = field(default_factory=dict)
    shows: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    holds: Callable[[World], bool] = lambda _world: True
    note: str = ""


def _at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


SCENES = (
    Scene(
        _at(9, 22, 11, 20),
        "A request, with one mistyped dash",
        "Zhang needs an engineer at L'Oréal. His last “--” became a long dash, and he forgot Wu in the Cc.",
        acts.request,
        sends=(N.REGISTERED,),
        stages={FIRST: Stage.AWAITING_APPROVAL},
        dues={(FIRST, D.CONFIRM): _at(9, 22, 18)},
        shows=("已按规定补充收件人", "主题已自动更正"),
        note="A dash is no guess: repaired. Who was missing is added. Before noon means an answer today (R1, R2, R8).",
    ),
    Scene(
        _at(9, 22, 11, 22),
        "An answering machine",
        "Zhou is on holiday. His mailbox answers by itself, with no header that admits it.",
        acts.vacation,
        sends=(),
        stages={FIRST: Stage.AWAITING_APPROVAL},
        marks=((FIRST, "away"),),
        note="Automatic mail is never answered and never counts as an answer (R47).",
    ),
    Scene(
        _at(9, 22, 14, 5),
        "A subject that cannot be read",
        "Liu asks for help at Unilever, but leaves her name out of the subject.",
        acts.wrong_subject,
        sends=(N.SUBJECT_HELP,),
        shows=("缺少销售姓名", "技术支持申请--联合利华"),
        note="What would be a guess is asked back, to her alone, with the cure ready to copy (R3).",
    ),
    Scene(
        _at(9, 22, 14, 30),
        "Copy, fill in, send",
        "Liu copies the line out of the bot's mail and fills in her name.",
        acts.cured_subject,
        sends=(N.REGISTERED,),
        stages={SECOND: Stage.AWAITING_APPROVAL},
        dues={(SECOND, D.CONFIRM): _at(9, 23, 18)},
        note="After noon: the director has until tomorrow evening (R8).",
    ),
    Scene(
        _at(9, 22, 16, 25),
        "The director agrees",
        "Chen, reminded at 16:00, answers all from Foxmail, in GBK, and names engineer, day and workload.",
        acts.approve,
        sends=(N.CONFIRMED,),
        stages={FIRST: Stage.APPROVED},
        dues={(FIRST, D.COMPLETE): _at(10, 8, 18)},
        holds=acts.quoted_buttons_are_void,
        note="The working day after 30 September is 8 October: the holiday is skipped (R21, R42). His reply shows "
        "everybody the buttons it quotes, so their secret is void from now on.",
    ),
    Scene(
        _at(9, 23, 10, 10),
        "A forged approval",
        "Somebody writes “同意” in Chen's name from outside, with his own address in Cc. The mail server cannot vouch "
        "for it.",
        acts.forge,
        sends=(N.PROVE,),
        stages={SECOND: Stage.AWAITING_APPROVAL},
        marks=((SECOND, "unproved"),),
        holds=acts.forger_reads_nothing,
        note="Nothing moves, and the address slipped into its Cc stays outside the thread. Chen himself is asked.",
    ),
    Scene(
        _at(9, 23, 10, 40),
        "One tap on the phone",
        "Chen is travelling; nobody vouches for his phone's mail either. But he taps 同意 in his own copy of the "
        "request and types who goes.",
        acts.tap_approval,
        sends=(N.CONFIRMED,),
        stages={SECOND: Stage.APPROVED},
        dues={(SECOND, D.COMPLETE): _at(9, 29, 18)},
        holds=acts.tap_was_proved_by_its_secret,
        note="The button carries a secret that only Chen's copy held: that proves him.",
    ),
    Scene(
        _at(9, 28, 16, 30),
        "Work done, form signed",
        "Wang has moved Unilever's mail and reports with the signed form.",
        acts.complete_second,
        sends=(N.ACCEPTANCE,),
        stages={SECOND: Stage.AWAITING_ACCEPTANCE},
        dues={(SECOND, D.ACCEPT): _at(9, 29, 18)},
        note="Sales have one working day; silence would count as acceptance (R23).",
    ),
    Scene(
        _at(9, 29, 10, 15),
        "Sales object",
        "Liu found two mailboxes without their calendars.",
        acts.object_second,
        sends=(N.OBJECTED,),
        stages={SECOND: Stage.ON_SITE},
        dues={(SECOND, D.COMPLETE): _at(9, 30, 18)},
        note="The work goes on; the case is not lost and the clock starts anew (R24).",
    ),
    Scene(
        _at(9, 29, 17, 20),
        "Put right",
        "Wang moves the calendars and reports again.",
        acts.complete_second_again,
        sends=(N.ACCEPTANCE,),
        stages={SECOND: Stage.AWAITING_ACCEPTANCE},
        dues={(SECOND, D.ACCEPT): _at(9, 30, 18)},
    ),
    Scene(
        _at(9, 30, 9, 40),
        "Accepted",
        "Liu checks again.",
        acts.accept_second,
        sends=(N.ACCEPTED,),
        stages={SECOND: Stage.ACCEPTED},
        dues={(SECOND, D.CLOSE): _at(10, 8, 18)},
    ),
    Scene(
        _at(9, 30, 17),
        "Done at L'Oréal, but no signed form",
        "The evening before the holiday Li reports completion and attaches the documents.",
        acts.complete_first,
        sends=(N.ACCEPTANCE, N.FORM_MISSING),
        stages={FIRST: Stage.AWAITING_ACCEPTANCE},
        dues={(FIRST, D.ACCEPT): _at(10, 8, 18), (FIRST, D.FORM): _at(10, 8, 18)},
        note="All see the report; only Li is asked for the form (R21, R45).",
    ),
    Scene(
        _at(9, 30, 17, 40),
        "The form",
        "Li answers the bot with the scan.",
        acts.hand_in_form,
        sends=(),
        stages={FIRST: Stage.AWAITING_ACCEPTANCE},
        marks=((FIRST, "form"),),
        note="Its name says nothing, but a form was being waited for (R20, R21).",
    ),
    Scene(
        _at(10, 8, 9),
        "Back from the holiday",
        "Zhang has not answered yet. Nobody writes; the clock does.",
        acts.nobody,
        sends=(N.CHASE_ACCEPTANCE,),
        stages={FIRST: Stage.AWAITING_ACCEPTANCE},
        shows=("即视为完成",),
        note="Before silence may count, sales hear about it once more (R24).",
    ),
    Scene(
        _at(10, 8, 10, 30),
        "The director closes the Unilever case",
        "Chen answers all.",
        acts.close_second,
        sends=(N.CLOSED,),
        stages={SECOND: Stage.CLOSED},
        dues={(SECOND, D.DOCUMENTS): _at(10, 12, 18)},
        shows=("尚缺文档",),
    ),
    Scene(
        _at(10, 8, 14, 30),
        "The documents",
        "Wang sends what was missing.",
        acts.hand_in_documents,
        sends=(N.ARCHIVED,),
        stages={SECOND: Stage.ARCHIVED},
        dues={(SECOND, D.SETTLE): _at(10, 14, 18)},
    ),
    Scene(
        _at(10, 8, 18),
        "Silence",
        "One working day is over, and Zhang has said nothing.",
        acts.nobody,
        sends=(N.ACCEPTED,),
        stages={FIRST: Stage.ACCEPTED},
        dues={(FIRST, D.CLOSE): _at(10, 9, 18)},
        shows=("如有异议",),
        marks=((FIRST, "silence"),),
        note="视为完成, as the rules say (R23); an objection would still reopen it (R24).",
    ),
    Scene(
        _at(10, 9, 9, 35),
        "The director closes the L'Oréal case",
        "Everything is there, so closing and filing are one mail.",
        acts.close_first,
        sends=(N.CLOSED,),
        stages={FIRST: Stage.ARCHIVED},
        dues={(FIRST, D.SETTLE): _at(10, 15, 18)},
    ),
    Scene(
        _at(10, 10, 10),
        "The workload is settled",
        "Chen corrects one estimate in a reply and takes the other by one tap.",
        acts.settle,
        sends=(N.SETTLED, N.SETTLED),
        stages={FIRST: Stage.SETTLED, SECOND: Stage.SETTLED},
    ),
)
