"""Who is who (rulebook part 0)."""

from datetime import date

import pytest

from bot.rules.people import Company, Delegation, Person
from bot.rules.words import Role
from tests.rules.build import AWAY, BEIJING, BOT, CAST, CHEN, COMPANY, DEPUTY, LI, LOCAL, TOP, ZGH


def test_a_person_is_found_by_every_address_in_any_case_never_by_name() -> None:
    assert COMPANY.find("ZGH@Demo.cn") is ZGH
    assert COMPANY.find("zhang.gh@demo.cn") is ZGH
    assert COMPANY.find("张国华") is None
    assert COMPANY.find(BOT) is None


@pytest.mark.parametrize("written", ["张国华", "ZGH", "zgh", " z g h ", "张 国华"])
def test_names_and_aliases_as_people_write_them(written: str) -> None:
    assert COMPANY.find_named(written) == (ZGH,)


@pytest.mark.parametrize("written", ["", "  ", "张", "ZG", "zgh@demo.cn"])
def test_what_is_no_whole_name_finds_nobody(written: str) -> None:
    assert COMPANY.find_named(written) == ()


def test_a_name_is_looked_for_among_the_roles_asked() -> None:
    assert COMPANY.find_named("李工", {Role.ENGINEER}) == (LI,)
    assert COMPANY.find_named("李工", {Role.SALES}) == ()


def test_two_of_one_name_are_both_named() -> None:
    twin = Person("李明", ("li2@demo.cn",), frozenset({Role.ENGINEER}))
    assert Company((*CAST, twin)).find_named("李明") == (LI, twin)


def test_R1_the_branch_has_its_own_local_director() -> None:
    local = {Role.LOCAL_SALES_DIRECTOR}
    assert COMPANY.with_role(*local, branch="上海") == (LOCAL,)
    assert COMPANY.with_role(*local, branch="北京") == (BEIJING,)
    assert COMPANY.with_role(*local) == (LOCAL, BEIJING)
    assert COMPANY.with_role(Role.COMPANY_SALES_DIRECTOR, branch="上海") == (TOP,), "no branch: everybody's"


@pytest.mark.parametrize(
    ("day", "deputy"),
    [("2026-09-20", False), ("2026-09-21", True), ("2026-09-23", True), ("2026-09-24", False)],
)
def test_a_delegate_decides_on_the_named_days_both_included(day: str, deputy: bool) -> None:
    assert COMPANY.deciders(date.fromisoformat(day)) == ((CHEN, DEPUTY) if deputy else (CHEN,))


def test_only_a_directors_delegate_decides() -> None:
    company = Company(CAST, (Delegation(ZGH.address, LI.address, *AWAY),))
    assert company.deciders(AWAY[0]) == (CHEN,)
    assert company.delegates_of((ZGH,), AWAY[0]) == (LI,)


def test_an_address_is_written_with_the_registered_name() -> None:
    assert COMPANY.addressed("zhang.gh@demo.cn").email == ZGH.address
    assert COMPANY.addressed("zhang.gh@demo.cn").name == "张国华"
    assert COMPANY.addressed("guest@else.cn").name == ""
    assert COMPANY.domains == {"demo.cn"}
