"""To which case a mail belongs."""

from datetime import date

import pytest

from bot.rules.case import Case
from bot.rules.mail import SubjectReading
from bot.rules.threading import match_thread, names_another, subject_key
from tests.rules.build import LI, REPLY, SUBJECT, WANG, ZGH, a_case, a_mail, a_subject

ONE = a_case(id=1, ref="ZC2026-0001")
TWO = a_case(id=2, ref="ZC2026-0002")
OTHER_WORK = a_subject(normal="技术支持申请--宝洁--巡检--ZGH--0917", customer="宝洁", project="巡检")


@pytest.mark.parametrize(
    ("by_ids", "by_token", "by_subject", "found", "several"),
    [
        ([ONE], [], [], ONE, ()),
        ([], [ONE], [], ONE, ()),
        ([], [], [ONE], ONE, ()),
        ([ONE], [TWO], [TWO], ONE, ()),  # a known id binds first
        ([], [ONE], [TWO], ONE, ()),
        ([ONE, TWO], [], [], None, (ONE, TWO)),  # two fit: ask
        ([ONE, TWO], [TWO], [], TWO, ()),  # the token decides between them
        ([], [], [ONE, TWO], None, (ONE, TWO)),
        ([ONE, ONE], [], [], ONE, ()),
        ([], [], [], None, ()),
    ],
)
def test_ids_then_token_then_subject_and_two_fits_are_asked(
    by_ids: list[Case], by_token: list[Case], by_subject: list[Case], found: Case | None, several: tuple[Case, ...]
) -> None:
    match = match_thread(a_mail(ZGH), by_ids, by_token, by_subject)
    assert (match.case, match.several) == (found, several)


def test_a_new_request_written_on_an_old_mail_is_another_case() -> None:
    assert match_thread(a_mail(ZGH, subject=OTHER_WORK), [ONE], [], []).case is None


def test_the_subject_alone_binds_those_on_the_case_and_a_whole_request_by_anybody() -> None:
    talk = a_subject(is_request=False, fits=False)
    assert match_thread(a_mail(ZGH, subject=talk), [], [], [ONE]).case is ONE
    assert match_thread(a_mail(WANG, subject=talk), [], [], [ONE]).case is None
    assert match_thread(a_mail(WANG, subject=a_subject()), [], [], [ONE]).case is ONE, "or 王工 would open it twice"
    assert match_thread(a_mail(LI, subject=talk), [], [], [a_case(engineers=(LI.address,))]).case is not None


@pytest.mark.parametrize(
    ("subject", "another"),
    [
        (REPLY, False),
        (a_subject(), False),
        (a_subject(date=date(2027, 9, 17)), False),  # the case's own subject answered a year later
        (OTHER_WORK, True),
        (a_subject(normal="技术支持申请--欧莱雅--CITRIX安装--ZGH--1017", date=date(2026, 10, 17)), True),
        (a_subject(normal="技术支持申请—欧莱雅—citrix 安装—ZGH—0917", project="citrix 安装"), False),
        (a_subject(normal="别的", is_request=False), False),
        (a_subject(normal="技术支持申请--宝洁", customer="宝洁", fits=False), False),  # not whole: no guess
    ],
)
def test_when_a_subject_names_other_work(subject: SubjectReading, another: bool) -> None:
    assert names_another(subject, ONE) is another


def test_dashes_blanks_width_and_case_do_not_part_a_thread() -> None:
    assert subject_key("技术支持申请—欧莱雅 －－ ＣＩＴＲＩＸ安装--zgh—0917") == subject_key(SUBJECT)
    assert subject_key("技术支持申请--欧莱雅--CITRIX安装--ZGH--0918") != subject_key(SUBJECT)
