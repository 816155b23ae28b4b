"""R2 and R3 with mail-in-china.md C1 and D1–D4: what fits, what is asked back, and what is no request."""

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.parse.subject import read_subject
from bot.rules.mail import SubjectReading

RECEIVED = datetime(2026, 9, 18, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Friday
CANONICAL = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0919"
SEED = ("欧莱雅", "CITRIX安装", "ZGH", date(2026, 9, 19))


def read(subject: str) -> SubjectReading:
    return read_subject(subject, RECEIVED)


def fields(reading: SubjectReading) -> tuple[str, str, str, date | None]:
    return reading.customer, reading.project, reading.sales, reading.date


# D1, C1, D4: all of these are the text's own example with something put right.
REPAIRED_TO_SEED = [
    "技术支持申请--欧莱雅--CITRIX安装--ZGH—0919",  # the text's own example
    "技术支持申请——欧莱雅——CITRIX安装——ZGH——0919",
    "技术支持申请—欧莱雅—CITRIX安装—ZGH—0919",
    "技术支持申请–欧莱雅–CITRIX安装–ZGH–0919",
    "技术支持申请―欧莱雅―CITRIX安装―ZGH―0919",
    "技术支持申请─欧莱雅─CITRIX安装─ZGH─0919",
    "技术支持申请━欧莱雅━CITRIX安装━ZGH━0919",
    "技术支持申请──欧莱雅──CITRIX安装──ZGH──0919",
    "技术支持申请――欧莱雅――CITRIX安装――ZGH――0919",
    "技术支持申请---欧莱雅---CITRIX安装---ZGH---0919",
    "技术支持申请－－欧莱雅－－CITRIX安装－－ZGH－－0919",
    "技术支持申请﹣﹣欧莱雅﹣﹣CITRIX安装﹣﹣ZGH﹣﹣0919",
    "技术支持申请﹘欧莱雅﹘CITRIX安装﹘ZGH﹘0919",
    "技术支持申请‐‐欧莱雅‑‑CITRIX安装‒‒ZGH−−0919",
    "技术支持申请__欧莱雅__CITRIX安装__ZGH__0919",
    "技术支持申请＿＿欧莱雅＿＿CITRIX安装＿＿ZGH＿＿0919",
    "技术支持申请–-欧莱雅-—CITRIX安装―――ZGH---0919",
    "技术支持申请- -欧莱雅- -CITRIX安装- -ZGH- -0919",
    "技术支持申请--欧莱雅—CITRIX安装--ZGH--0919",
    "技术支持申请—欧莱雅--CITRIX安装--ZGH--0919",
    "技术支持申请--欧莱雅--CITRIX安装—ZGH—0919",
    "技术支持申请-欧莱雅-CITRIX安装-ZGH-0919",  # single hyphens, exactly five fields
    "技术支持申请－欧莱雅－CITRIX安装－ZGH－0919",
    "技术支持申请 - 欧莱雅 - CITRIX安装 - ZGH - 0919",
    "技术支持申请-欧莱雅--CITRIX安装--ZGH--0919",
    "技术支持申请--欧莱雅--CITRIX安装--ZGH-0919",
    "技术支持申请--欧莱雅--CITRIX安装-ZGH--0919",
    "技术支持申请--欧莱雅--CITRIX安装--ZGH--0919--",
    "技術支持申請--欧莱雅--CITRIX安装--ZGH--0919",
    "技术支持 申请--欧莱雅--CITRIX安装--ZGH--0919",
    "技 术 支 持 申 请--欧莱雅--CITRIX安装--ZGH--0919",
    "申请技术支持--欧莱雅--CITRIX安装--ZGH--0919",
    "【技术支持申请】--欧莱雅--CITRIX安装--ZGH--0919",
    "【技术支持申请】欧莱雅--CITRIX安装--ZGH--0919",
    "[技术支持申请]--欧莱雅--CITRIX安装--ZGH--0919",
    "（技术支持申请）--欧莱雅--CITRIX安装--ZGH--0919",
    "《技术支持申请》--欧莱雅--CITRIX安装--ZGH--0919",
    "技术支持申请：欧莱雅--CITRIX安装--ZGH--0919",
    "技术支持申请：--欧莱雅--CITRIX安装--ZGH--0919",
    "技术支持申请: --欧莱雅--CITRIX安装--ZGH--0919",
    "技木支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "技术支待申请--欧莱雅--CITRIX安装--ZGH--0919",
    "技术支持申清--欧莱雅--CITRIX安装--ZGH--0919",
    "技术支持审请--欧莱雅--CITRIX安装--ZGH--0919",
    "计术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "技术支持申申请--欧莱雅--CITRIX安装--ZGH--0919",
    "技术持支申请--欧莱雅--CITRIX安装--ZGH--0919",
    "技术⽀持申请--欧莱雅--CITRIX安装--ZGH--0919",  # a Kangxi radical, as copied from PDF
    "技术\u200b支持申请-\u200b-欧莱雅--CITRIX安装--ZGH--0919\ufeff",
    "技术支持申请--欧莱雅--CITRIX安装--ZGH--０９１９",
    "技术支持申请--欧莱雅--ＣＩＴＲＩＸ安装--ＺＧＨ--0919",
    "技术支持申请--（欧莱雅）--【CITRIX安装】--(ZGH)--(0919)",
    "技术支持申请--「欧莱雅」--CITRIX安装--ZGH--【0919】",
    "【技术支持申请--欧莱雅--CITRIX安装--ZGH--0919】",
    "“技术支持申请--欧莱雅--CITRIX安装--ZGH--0919”",
    "技术支持申请--客户：欧莱雅--项目：CITRIX安装--销售：ZGH--日期：0919",
    "技术支持申请--客戶：欧莱雅--專案：CITRIX安装--業務：ZGH--日期：0919",
    "技术支持申请--欧莱雅--CITRIX安装--ZGH--0919。",
    "技术支持申请--欧莱雅--CITRIX安装--ZGH--0919 谢谢",
    "技术支持申请--欧莱雅--CITRIX安装--ZGH--0919，请审批！",
    "技术支持申请--欧莱雅--CITRIX安装--ZGH--0919（请审批）",
    "技术支持申请--欧莱雅--CITRIX安装--ZGH--0919--谢谢",
    "[外部邮件]技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "【外部】 技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "(外部)技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "[External] 技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "[EXT] Re: [SPAM] 技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "***SPAM*** 技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "[垃圾邮件]技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "[疑似垃圾] 技术支持申请--欧莱雅--CITRIX安装--ZGH--0919 [已签名] [加密]",
    "【广告】技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "[list-name] 技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "技术支持申请--欧莱雅--CITRIX安装--ZGH--0919【请注意，邮件由x@y代发】",
    "技术支持申请--欧莱雅--CITRIX安装--ZGH--0919\r\n 【请注意，邮件由a@b.com代发】",
    "技术支持申请--欧莱雅--CITRIX安装--ZGH--0919[警告：无法扫描邮件附件 - 请确认邮件来源以及真实性 / 或联系科技部]",
    "[警告：无法扫描邮件附件 - 请确认邮件来源以及真实性 / 或联系科技部]技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "!!技术支持申请--欧莱雅--CITRIX安装--ZGH--0919!!",
    "(无主题)技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "【紧急】技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "技术支持申请--欧莱雅--CITRIX安装--ZGH--0919【紧急】",
    "技术支持申请（紧急）--欧莱雅--CITRIX安装--ZGH--0919",
    "[加急] 技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "急：技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "技术支持申请--欧莱雅--CITRIX安装--ZGH--0919（来自手机）",
    "【补发】技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
    "主题：技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
]


@pytest.mark.parametrize("subject", REPAIRED_TO_SEED)
def test_what_needs_no_guess_is_repaired_and_said(subject: str) -> None:
    reading = read(subject)

    assert fields(reading) == SEED
    assert reading.fits
    assert reading.is_request
    assert reading.problems == ()
    assert reading.suggestion == CANONICAL
    assert reading.repaired, "every repair is told"


def test_the_canonical_subject_needs_no_repair() -> None:
    reading = read(CANONICAL)

    assert (reading.fits, reading.repaired, reading.normal) == (True, (), CANONICAL)


# D3: the date field, read on 18 September 2026
DATES_THAT_FIT = [
    ("0919", date(2026, 9, 19)),
    ("919", date(2026, 9, 19)),
    ("9.19", date(2026, 9, 19)),
    ("9-19", date(2026, 9, 19)),
    ("9/19", date(2026, 9, 19)),
    ("09/19", date(2026, 9, 19)),
    ("09-19", date(2026, 9, 19)),
    ("9月19日", date(2026, 9, 19)),
    ("9月19号", date(2026, 9, 19)),
    ("9月19", date(2026, 9, 19)),
    ("九月十九日", date(2026, 9, 19)),
    ("九月十九", date(2026, 9, 19)),
    ("2026-09-19", date(2026, 9, 19)),
    ("2026-9-19", date(2026, 9, 19)),
    ("2026.9.19", date(2026, 9, 19)),
    ("2026/9/19", date(2026, 9, 19)),
    ("2026年9月19日", date(2026, 9, 19)),
    ("二〇二六年九月十九日", date(2026, 9, 19)),
    ("20260919", date(2026, 9, 19)),
    ("2026-0919", date(2026, 9, 19)),
    ("260919", date(2026, 9, 19)),
    ("26/9/19", date(2026, 9, 19)),
    ("26.9.19", date(2026, 9, 19)),
    ("26-09-19", date(2026, 9, 19)),
    ("９月１９日", date(2026, 9, 19)),
    ("0919-0920", date(2026, 9, 19)),
    ("0919~0921", date(2026, 9, 19)),
    ("0919～0921", date(2026, 9, 19)),
    ("0919—0921", date(2026, 9, 19)),
    ("9.19-9.20", date(2026, 9, 19)),
    ("9月19-20日", date(2026, 9, 19)),
    ("9月19日至20日", date(2026, 9, 19)),
    ("9月19日-9月21日", date(2026, 9, 19)),
    ("2026-09-19~2026-09-21", date(2026, 9, 19)),
    ("0919下午", date(2026, 9, 19)),
    ("0919 上午", date(2026, 9, 19)),
    ("0919 14:00", date(2026, 9, 19)),
    ("0919 14:00-16:00", date(2026, 9, 19)),
    ("9月19日下午2点", date(2026, 9, 19)),
    ("0919（周六）", date(2026, 9, 19)),
    ("0101", date(2027, 1, 1)),
    ("0819", date(2026, 8, 19)),  # 30 days back
    ("0818", date(2027, 8, 18)),  # 31 days back: next year's
    ("1231", date(2026, 12, 31)),
    ("2027-09-19", date(2027, 9, 19)),
]


@pytest.mark.parametrize(("typed", "day"), DATES_THAT_FIT)
@pytest.mark.parametrize("separator", ["--", "—"])
def test_the_date_is_read_from_the_end_first(typed: str, day: date, separator: str) -> None:
    reading = read(f"技术支持申请--欧莱雅--CITRIX安装--ZGH{separator}{typed}")

    assert fields(reading) == ("欧莱雅", "CITRIX安装", "ZGH", day)
    assert reading.fits


@pytest.mark.parametrize(
    ("typed", "day"),
    [("9-19", "0919"), ("2026-09-19", "0919"), ("0919-0920", "0919"), ("9.19-9.20", "0919"), ("09-19", "0919")],
)
def test_a_hyphen_of_the_date_is_no_separator_even_among_single_hyphens(typed: str, day: str) -> None:
    reading = read(f"技术支持申请-欧莱雅-CITRIX安装-ZGH-{typed}")

    assert fields(reading) == SEED
    assert reading.suggestion.endswith(f"--ZGH--{day}")


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("明天", "0919"),
        ("后天", "0920"),
        ("下周三", "0923"),
        ("本周六", "0919"),
        ("09/19/2026", "0919"),
        ("19/9/26", "0919"),
        ("9/19/26", "0919"),
        ("10/11/2026", "〔日期〕"),
        ("0229", "〔日期〕"),
        ("0931", "〔日期〕"),
        ("1345", "〔日期〕"),
        ("0000", "〔日期〕"),
        ("2026", "〔日期〕"),
        ("202609", "〔日期〕"),
        ("111", "〔日期〕"),
        ("2024-09-19", "〔日期〕"),
        ("下周", "〔日期〕"),
        ("9月底", "〔日期〕"),
        ("待定", "〔日期〕"),
        ("日期", "〔日期〕"),
        ("八月初九", "〔日期〕"),
        ("0919左右", "0919"),
        ("0919？", "0919"),
        ("0919或0920", "0919"),
        ("0919、0922", "0919"),
        ("0920-0919", "0920"),
        ("0919周五", "0919"),
        ("0919--0921", "0919"),
        ("0919 急！", "0919"),
        ("0919急", "0919"),
        ("0919谢谢", "0919"),
        ("0919 上海", "0919"),
        ("0919第二次", "0919"),
        ("0919（取消）", "0919"),
        ("0919 更新", "0919"),
        ("0919--紧急", "0919"),
        ("0919--上海", "0919"),
        ("0919--第二次", "0919"),
    ],
)
def test_a_date_that_would_be_a_guess_is_asked_back(typed: str, proposed: str) -> None:
    reading = read(f"技术支持申请--欧莱雅--CITRIX安装--ZGH--{typed}")

    assert not reading.fits
    assert reading.is_request
    assert any("日期" in problem or "周" in problem for problem in reading.problems)
    assert reading.suggestion == f"技术支持申请--欧莱雅--CITRIX安装--ZGH--{proposed}"


def test_a_leap_day_is_read_when_there_is_one() -> None:
    received = datetime(2028, 2, 20, 9, 0, tzinfo=UTC)

    assert read_subject("技术支持申请--欧莱雅--CITRIX安装--ZGH--0229", received).date == date(2028, 2, 29)


def test_the_day_of_receipt_is_shanghais() -> None:
    late = datetime(2026, 9, 18, 17, 0, tzinfo=UTC)  # already the 19th in Shanghai

    assert read_subject("技术支持申请--欧莱雅--CITRIX安装--ZGH--0820", late).date == date(2026, 8, 20)
    assert read_subject("技术支持申请--欧莱雅--CITRIX安装--ZGH--0819", late).date == date(2027, 8, 19)


# D2: names with a hyphen of their own, projects with `--`, every form of a salesperson's name
FIELDS_THAT_FIT = [
    ("Coca-Cola", "AD升级", "ZGH"),
    ("A-B公司", "AD升级", "ZGH"),
    ("3M-中国", "AD升级", "ZGH"),
    ("7-11", "AD升级", "ZGH"),
    ("T-Mobile", "AD升级", "ZGH"),
    ("360", "AD升级", "ZGH"),
    ("1号店", "AD升级", "ZGH"),
    ("IBM", "AD升级", "ZGH"),
    ("SAP", "系统巡检", "ZGH"),
    ("Oracle", "数据库巡检", "ZGH"),
    ("L'Oréal", "CITRIX安装", "ZGH"),
    ("欧莱雅（中国）有限公司", "CITRIX安装", "ZGH"),
    ("欧莱雅(中国)", "CITRIX 7.15 LTSR安装", "Kevin Zhang"),
    ("上海银行", "虚拟化平台（二期）", "ZGH"),
    ("上海市第一人民医院", "PACS存储扩容", "ZGH"),
    ("中国移动", "5G测试", "ZGH"),
    ("欧莱雅/上海", "Win7/Win10升级", "ZGH"),
    ("歐萊雅", "CITRIX安裝", "陳大文"),
    ("欧莱雅", "AD升级--二期", "ZGH"),
    ("欧莱雅", "AD升级--Exchange迁移", "ZGH"),
    ("欧莱雅", "CITRIX—安装", "ZGH"),
    ("欧莱雅", "F5-LTM割接", "ZGH"),
    ("欧莱雅", "2026-2027维保", "ZGH"),
    ("欧莱雅", "9月巡检", "ZGH"),
    ("欧莱雅", "MES", "Kevin"),
    ("欧莱雅", "CITRIX", "zgh"),
    ("欧莱雅", "CITRIX安装", "张国华"),
    ("欧莱雅", "CITRIX安装", "欧阳娜娜"),
    ("欧莱雅", "CITRIX安装", "阿迪力·买买提"),
    ("欧莱雅", "CITRIX安装", "zhangguohua"),
    ("欧莱雅", "CITRIX安装", "Zhang Guohua"),
    ("欧莱雅", "CITRIX安装", "zhang.guohua"),
    ("欧莱雅", "CITRIX安装", "ZGH销售"),
    ("欧莱雅", "CITRIX安装", "销售ZGH"),
    ("欧莱雅", "CITRIX安装", "张经理"),
    ("欧莱雅", "CITRIX安装", "小王"),
    ("欧莱雅", "CITRIX安装", "张国华(ZGH)"),
    ("欧莱雅", "CITRIX安装", "ZGH（张国华）"),
]


@pytest.mark.parametrize(("customer", "project", "sales"), FIELDS_THAT_FIT)
def test_names_stay_as_typed(customer: str, project: str, sales: str) -> None:
    subject = f"技术支持申请--{customer}--{project}--{sales}--0919"
    reading = read(subject)

    assert fields(reading) == (customer, project, sales, date(2026, 9, 19))
    assert (reading.fits, reading.suggestion) == (True, subject)


ASKED = [
    # one hyphen may belong to a name
    ("技术支持申请-Coca-Cola-AD升级-ZGH-0919", "单个的短横", "技术支持申请--Coca-Cola--AD升级--ZGH--0919"),
    ("技术支持申请-Coca-Cola-AD升级-0919", "单个的短横", "技术支持申请--Coca-Cola--AD升级--〔销售姓名〕--0919"),
    ("技术支持申请-Coca-Cola-ZGH-0919", "单个的短横", "技术支持申请--Coca-Cola--〔项目名称〕--ZGH--0919"),
    ("技术支持申请-7-11-ZGH-0919", "单个的短横", "技术支持申请--7-11--〔项目名称〕--ZGH--0919"),
    ("技术支持申请-3M-中国-ZGH-0919", "单个的短横", "技术支持申请--3M-中国--〔项目名称〕--ZGH--0919"),
    ("技术支持申请-A-B公司-ZGH-0919", "单个的短横", "技术支持申请--A-B公司--〔项目名称〕--ZGH--0919"),
    ("技术支持申请-T-Mobile-ZGH-0919", "单个的短横", "技术支持申请--T-Mobile--〔项目名称〕--ZGH--0919"),
    ("技术支持申请--Coca-Cola--AD升级--0919", "单个的短横", "技术支持申请--Coca-Cola--AD升级--〔销售姓名〕--0919"),
    ("技术支持申请--欧莱雅-CITRIX安装--ZGH--0919", "单个的短横", CANONICAL),
    # a long dash inside a client (D2)
    ("技术支持申请--A—B公司--AD升级--ZGH--0919", "「—」", "技术支持申请--A-B公司--AD升级--ZGH--0919"),
    ("技术支持申请--A—B公司--ZGH--0919", "破折号", "技术支持申请--A-B公司--〔项目名称〕--ZGH--0919"),
    ("技术支持申请—A—B公司—AD升级—ZGH—0919", "破折号", "技术支持申请--A--B公司--AD升级--ZGH--0919"),
    # what a field's label hid (found by fuzzing)
    ("技术支持申请--欧莱雅--项目：—CITRIX安装--ZGH--0919", "多了分隔符", CANONICAL),
    ("技术支持申请--客户：客户：欧莱雅--CITRIX安装--ZGH--0919", "或字段名", CANONICAL),
    # look-alikes of the separator
    ("技术支持申请一一欧莱雅一一CITRIX安装一一ZGH一一0919", "分隔符", CANONICAL),
    ("技术支持申请一欧莱雅一CITRIX安装一ZGH一0919", "分隔符", CANONICAL),
    ("技术支持申请、欧莱雅、CITRIX安装、ZGH、0919", "分隔符", CANONICAL),
    ("技术支持申请/欧莱雅/CITRIX安装/ZGH/0919", "分隔符", CANONICAL),
    ("技术支持申请|欧莱雅|CITRIX安装|ZGH|0919", "分隔符", CANONICAL),
    ("技术支持申请｜欧莱雅｜CITRIX安装｜ZGH｜0919", "分隔符", CANONICAL),
    ("技术支持申请:欧莱雅:CITRIX安装:ZGH:0919", "分隔符", CANONICAL),
    ("技术支持申请：欧莱雅：CITRIX安装：ZGH：0919", "分隔符", CANONICAL),
    ("技术支持申请+欧莱雅+CITRIX安装+ZGH+0919", "分隔符", CANONICAL),
    ("技术支持申请～欧莱雅～CITRIX安装～ZGH～0919", "分隔符", CANONICAL),
    ("技术支持申请  欧莱雅  CITRIX安装  ZGH  0919", "分隔符", CANONICAL),
    ("技术支持申请_欧莱雅_CITRIX安装_ZGH_0919", "分隔符", CANONICAL),
    ("技术支持申请--欧莱雅/CITRIX安装--ZGH--0919", "分隔符", CANONICAL),
    ("技术支持申请--欧莱雅--CITRIX安装 ZGH--0919", "分隔符", CANONICAL),
    ("技术支持申请--欧莱雅--CITRIX安装--ZGH0919", "日期", CANONICAL),
    ("技术支持申请--欧莱雅--CITRIX安装--ZGH 0919", "日期", CANONICAL),
    ("技术支持申请--欧莱雅--CITRIX安装--ZGH（0919）", "日期", CANONICAL),
    # missing fields
    ("技术支持申请--欧莱雅--CITRIX安装--0919", "缺少销售姓名", "技术支持申请--欧莱雅--CITRIX安装--〔销售姓名〕--0919"),
    ("技术支持申请--欧莱雅--ZGH--0919", "缺少", "技术支持申请--欧莱雅--〔项目名称〕--ZGH--0919"),
    ("技术支持申请--CITRIX安装--ZGH--0919", "缺少", "技术支持申请--〔客户名称〕--CITRIX安装--ZGH--0919"),
    ("技术支持申请--欧莱雅--CITRIX安装--ZGH", "缺少日期", "技术支持申请--欧莱雅--CITRIX安装--ZGH--〔日期〕"),
    ("技术支持申请--欧莱雅--CITRIX安装--ZGH--", "缺少日期", "技术支持申请--欧莱雅--CITRIX安装--ZGH--〔日期〕"),
    ("技术支持申请-- --CITRIX安装--ZGH--0919", "缺少", "技术支持申请--〔客户名称〕--CITRIX安装--ZGH--0919"),
    ("技术支持申请--欧莱雅--CITRIX安装----0919", "缺少", "技术支持申请--欧莱雅--CITRIX安装--〔销售姓名〕--0919"),
    ("技术支持申请", "没有写全", "技术支持申请--〔客户名称〕--〔项目名称〕--〔销售姓名〕--〔日期〕"),
    ("欧莱雅--CITRIX安装--ZGH--0919", "缺少固定字样", CANONICAL),
    # wrong order
    ("技术支持申请--CITRIX安装--欧莱雅--ZGH--0919", "客户名称", CANONICAL),
    ("技术支持申请--欧莱雅--ZGH--CITRIX安装--0919", "销售姓名", CANONICAL),
    ("技术支持申请--ZGH--欧莱雅--CITRIX安装--0919", "销售姓名", CANONICAL),
    ("技术支持申请--ZGH--CITRIX安装--欧莱雅--0919", "销售姓名", CANONICAL),
    ("技术支持申请--欧莱雅--ZGH--Zabbix--0919", "写反", "技术支持申请--欧莱雅--Zabbix--ZGH--0919"),
    ("技术支持申请--欧莱雅--ZGH--CITRIX--0919", "销售姓名", "技术支持申请--欧莱雅--CITRIX--ZGH--0919"),
    ("技术支持申请--0919--欧莱雅--CITRIX安装--ZGH", "最后一项", CANONICAL),
    ("技术支持申请--欧莱雅--0919--CITRIX安装--ZGH", "最后一项", CANONICAL),
    ("技术支持申请--欧莱雅--CITRIX安装--0919--ZGH", "最后一项", CANONICAL),
    ("0919--技术支持申请--欧莱雅--CITRIX安装--ZGH", "开头", CANONICAL),
    ("欧莱雅--技术支持申请--CITRIX安装--ZGH--0919", "开头", CANONICAL),
    ("技术支持申请--项目：CITRIX安装--客户：欧莱雅--销售：ZGH--0919", "位置", CANONICAL),
    # extra fields
    ("技术支持申请--上海--欧莱雅--CITRIX安装--ZGH--0919", "「上海」", CANONICAL),
    ("技术支持申请--欧莱雅--上海--CITRIX安装--ZGH--0919", "「上海」", CANONICAL),
    ("技术支持申请--欧莱雅--CITRIX安装--上海--ZGH--0919", "「上海」", CANONICAL),
    ("技术支持申请--欧莱雅--CITRIX安装--ZGH--上海--0919", "「上海」", CANONICAL),
    ("技术支持申请--欧莱雅--紧急--CITRIX安装--ZGH--0919", "「紧急」", CANONICAL),
    ("技术支持申请--紧急--欧莱雅--CITRIX安装--ZGH--0919", "「紧急」", CANONICAL),
    ("技术支持申请--欧莱雅--CITRIX安装--第二次--ZGH--0919", "「第二次」", CANONICAL),
    ("技术支持申请(第二次)--欧莱雅--CITRIX安装--ZGH--0919", "第二次", CANONICAL),
    ("技术支持申请--上海--CITRIX安装--ZGH--0919", "「上海」", "技术支持申请--〔客户名称〕--CITRIX安装--ZGH--0919"),
    ("技术支持申请--欧莱雅--CITRIX安装--李工--ZGH--0919", "「李工」", None),
    ("技术支持申请--欧莱雅--上海分公司--CITRIX安装--ZGH--0919", "「上海分公司」", None),
    ("【上海】技术支持申请--欧莱雅--CITRIX安装--ZGH--0919", "开头", CANONICAL),
    # the template left as it is
    ("技术支持申请--客户名称--项目名称--销售姓名--日期", "没有填写", None),
    ("技术支持申请--〔客户名称〕--CITRIX安装--ZGH--0919", "没有填写", None),
    ("技术支持申请--XX公司--CITRIX安装--ZGH--0919", "没有填写", None),
    ("技术支持申请--欧莱雅--待定--ZGH--0919", "没有填写", None),
    # what cannot be a person
    ("技术支持申请--欧莱雅--CITRIX安装--市场部--0919", "不像人名", None),
    ("技术支持申请--欧莱雅--CITRIX安装--张三、李四--0919", "不像人名", None),
    ("技术支持申请--欧莱雅--CITRIX安装--0918--0919", "日期写了两次", None),
    # a gateway's mark inside a field
    ("技术支持申请--欧莱雅【外部】--CITRIX安装--ZGH--0919", "标记", CANONICAL),
    ("技术支持申请--欧莱雅--[External] CITRIX安装--ZGH--0919", "标记", CANONICAL),
    # another word than the fixed one
    ("支持申请--欧莱雅--CITRIX安装--ZGH--0919", "开头", CANONICAL),
    ("技术支持--欧莱雅--CITRIX安装--ZGH--0919", "开头", CANONICAL),
    ("技术支援申请--欧莱雅--CITRIX安装--ZGH--0919", "开头", CANONICAL),
    ("技术支持申诉--欧莱雅--CITRIX安装--ZGH--0919", "开头", CANONICAL),
    ("非技术支持申请--欧莱雅--CITRIX安装--ZGH--0919", "开头", CANONICAL),
    ("关于技术支持申请--欧莱雅--CITRIX安装--ZGH--0919", "开头", CANONICAL),
    ("技术支持申请表--欧莱雅--CITRIX安装--ZGH--0919", "后面多了「表」", CANONICAL),
]


@pytest.mark.parametrize(("subject", "problem", "suggestion"), ASKED)
def test_what_would_be_a_guess_is_asked_back_with_the_corrected_subject(
    subject: str, problem: str, suggestion: str | None
) -> None:
    reading = read(subject)

    assert reading.is_request
    assert not reading.fits
    assert any(problem in line for line in reading.problems)
    assert fields(reading) == ("", "", "", None), "nothing is handed on that could be acted on"
    assert suggestion is None or reading.suggestion == suggestion


@pytest.mark.parametrize(
    "subject", [subject for subject, _, suggestion in ASKED if suggestion and "〔" not in suggestion]
)
def test_a_full_suggestion_fits_when_it_is_sent_back(subject: str) -> None:
    suggestion = read(subject).suggestion

    assert read(suggestion).fits or "A--B" in suggestion


def test_a_label_settles_what_would_be_doubted() -> None:
    asked = read("技术支持申请--欧莱雅--CITRIX安装--市场部--0919")
    told = read("技术支持申请--欧莱雅--CITRIX安装--销售姓名：市场部--0919")

    assert "销售姓名：市场部" in asked.problems[0]
    assert told.fits
    assert told.sales == "市场部"
    assert read(told.suggestion).fits


@pytest.mark.parametrize(
    "subject",
    [
        "",
        " ",
        "今天下午开会",
        "周报--王小明--0919",
        "会议纪要--欧莱雅--王小明--0919",
        "技术支持申请流程说明",
        "技术支持申请汇总--9月",
        "技术支持申请已提交",
        "关于技术支持申请的通知",
        "关于技术支持的几点建议",
        "技术支付申请--欧莱雅--ZGH--x",
        "Fwd: invoice 2026-09-19",
        "自动回复: 技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
        "自动回复：技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
        "自动答复:  回复:  回复: 技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
        "Automatic reply: 技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
        "Out of Office: 技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
        "撤回: 技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
        "取消：技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
        "已读: 技术支持申请--欧莱雅--CITRIX安装--ZGH--0919",
        "系统退信/Systems bounce",
    ],
)
def test_other_subjects_are_no_request_and_have_no_problem(subject: str) -> None:
    reading = read(subject)

    assert not reading.is_request
    assert (reading.fits, reading.problems, reading.repaired, reading.suggestion) == (False, (), (), "")


@pytest.mark.parametrize(
    ("prefix", "is_reply", "is_forward"),
    [
        ("回复: ", True, False),
        ("回复：", True, False),
        ("回复(2)：", True, False),
        ("答复:", True, False),
        ("答覆: ", True, False),
        ("回覆: ", True, False),
        ("Re: ", True, False),
        ("RE：", True, False),
        ("re:", True, False),
        ("Re[2]: ", True, False),
        ("R: ", True, False),
        ("AW: ", True, False),
        ("Reply: ", True, False),
        ("转发: ", False, True),
        ("轉寄: ", False, True),
        ("Fw: ", False, True),
        ("FW：", False, True),
        ("Fwd: ", False, True),
        ("Re:Re:回复：", True, False),
        ("答复:  回复:  转发: ", True, True),
        ("[外部邮件] Re: 【外部】Fw: ", True, True),
    ],
)
def test_prefixes_come_off_in_any_order_and_depth(prefix: str, is_reply: bool, is_forward: bool) -> None:
    reading = read(prefix + CANONICAL)

    assert (reading.is_reply, reading.is_forward) == (is_reply, is_forward)
    assert reading.normal == CANONICAL
    assert fields(reading) == SEED


@pytest.mark.parametrize(
    ("subject", "normal"),
    [
        ("Re:  周报   第38周 ", "周报 第38周"),
        ("回复: [外部邮件] 会议改期【请注意，邮件由a@b.cn代发】", "会议改期"),
        ("回复:  自动答复:  回复: 周报", "自动答复: 回复: 周报"),
        ("Report: figures", "Report: figures"),
        ("Re", "Re"),
    ],
)
def test_the_normal_subject_serves_threading(subject: str, normal: str) -> None:
    assert read(subject).normal == normal


_LETTERS = st.sampled_from("甲乙丙丁戊己庚辛壬癸峰辉飞鹏涛磊静敏ABXYabxy")
_NAME = st.text(_LETTERS, min_size=2, max_size=12).filter(lambda name: not name.lower().startswith("xx"))
_CUSTOMER = st.one_of(_NAME, st.tuples(_NAME, _NAME).map("-".join))
_PROJECT = st.one_of(
    _CUSTOMER.map(lambda name: name + "安装"), st.tuples(_NAME, _NAME).map("--".join).map("{}部署".format)
)
_SALES = st.sampled_from(["ZGH", "LM", "张国华", "欧阳锋", "zhangguohua", "Kevin", "王经理", "ZGH销售", "小李"])
_DAY = st.dates(date(2026, 8, 20), date(2027, 8, 10))


@given(_CUSTOMER, _PROJECT, _SALES, _DAY)
def test_a_canonical_subject_reads_back_as_it_was_made(customer: str, project: str, sales: str, day: date) -> None:
    subject = f"技术支持申请--{customer}--{project}--{sales}--{day:%m%d}"
    reading = read(subject)

    assert fields(reading) == (customer, project, sales, day)
    assert (reading.fits, reading.repaired, reading.suggestion) == (True, (), subject)


_SCRAPS = st.sampled_from(
    [
        *(
            "技术支持申请",
            "技術支持申請",
            "技木支持申请",
            "申请技术支持",
            "--",
            "—",
            "-",
            " - ",
            "一一",
            "、",
            "/",
            "：",
            " ",
            "_",
        ),
        *(
            "欧莱雅",
            "Coca-Cola",
            "A—B公司",
            "7-11",
            "CITRIX安装",
            "AD升级",
            "ZGH",
            "张国华",
            "市场部",
            "上海",
            "紧急",
            "谢谢",
            "急！",
        ),
        *(
            "0919",
            "9-19",
            "9月19日",
            "0931",
            "明天",
            "0919-0920",
            "09/19/2026",
            "Re:",
            "回复：",
            "自动回复:",
            "[外部邮件]",
            "【紧急】",
        ),
        *(
            "(",
            ")",
            "【",
            "】",
            "[",
            "]",
            "\r\n",
            "\x00",
            "\u200b",
            "０９１９",
            "〔客户名称〕",
            "客户：",
            "销售：",
            "\ud800",
        ),
    ]
)


@given(
    st.one_of(st.text(max_size=80), st.lists(_SCRAPS, max_size=14).map("".join)), st.datetimes(timezones=st.just(UTC))
)
@example("技术支持申请--欧莱雅--CITRIX安装--ZGH--0919", datetime.min.replace(tzinfo=UTC))
@example("技术支持申请--欧莱雅--CITRIX安装--ZGH--0919", datetime.max.replace(tzinfo=UTC))
def test_no_subject_breaks_it_and_what_fits_is_whole(subject: str, received: datetime) -> None:
    reading = read_subject(subject, received)

    assert reading.raw == subject
    if reading.fits:
        again = read_subject(reading.suggestion, received)
        assert reading.is_request
        assert not reading.problems
        assert all((reading.customer, reading.project, reading.sales, reading.date))
        assert "〔" not in reading.suggestion
        assert again.fits
        assert fields(again) == fields(reading)
    elif reading.is_request:
        assert reading.problems
        assert fields(reading) == ("", "", "", None)


@pytest.mark.parametrize(
    "subject",
    [
        "Re:" * 3400,
        "【外部】" * 2500,
        "技术支持申请" + "-" * 10_000,
        "技术支持申请--" + "a--" * 3300 + "ZGH--0919",
        "技术支持申请-" + "a-" * 5000 + "0919",
        "技术支持申请--" + "客" * 9900 + "--x--ZGH--0919",
        "技术支持申请--" + "（" * 5000 + "）" * 5000,
        "[" * 10_000,
        "技术支持申请--a--b--ZGH--0919" + "【请注意" * 2500,
    ],
)
def test_a_very_long_subject_is_quick(subject: str) -> None:
    before = time.process_time()

    assert not read(subject).fits
    assert time.process_time() - before < 1
