"""SIGKILL at every named point and at random: nothing lost, nothing twice, every case in its place (design.md part 2).

Bounded in the ordinary run; `make soak` runs the same with SOAK_KILLS kills, at most SOAK_SECONDS seconds, and with
other dice when SOAK_SEED is another number.
"""

import math
import os
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.rules.words import Stage
from tests.faults.census import Census, audit, compare_post, take_census, told_twice
from tests.faults.harness import Plan, Tally, play
from tests.faults.stream import LATE, LIVED, OBJECTED, REFUSED, SILENT, WITHDRAWN
from tests.faults.victim import POINTS
from tests.servers.mailhub import MailHub
from tests.servers.postgres import address_of
from tests.whole.office import Office

SOAK_KILLS = int(os.environ.get("SOAK_KILLS", "0"))
SOAK_SEED = int(os.environ.get("SOAK_SEED", "0"))
SOAK_SECONDS = float(os.environ.get("SOAK_SECONDS", "36000"))

ENOUGH_FOR_ALL = 10 * len(POINTS)

pytestmark = [pytest.mark.servers, pytest.mark.timeout(0 if SOAK_KILLS else 600)]

WITHOUT_KILLS = {
    LIVED: Stage.SETTLED,
    OBJECTED: Stage.ON_SITE,
    SILENT: Stage.ACCEPTED,
    REFUSED: Stage.DECLINED,
    WITHDRAWN: Stage.WITHDRAWN,
    LATE: Stage.APPROVED,
}


@pytest.fixture(scope="session")
def undisturbed(mailhub_session: MailHub, tmp_path_factory: pytest.TempPathFactory) -> Census:
    """The stream without kills, once."""
    mailhub_session.wipe()
    office = Office(mailhub_session, tmp_path_factory.mktemp("undisturbed"))
    play(office, mailhub_session, Tally())
    census = take_census(office)
    office.close()
    return census


def test_the_stream_itself_goes_through_all_it_is_meant_to(undisturbed: Census) -> None:
    assert {project: case.stage for project, case in undisturbed.cases.items()} == WITHOUT_KILLS


def test_a_point_nobody_comes_to_does_not_keep_the_others_from_their_turn() -> None:
    """Or a long run would go on without a kill."""
    plan, seen = Plan(SOAK_SEED), Counter[str]()
    for _ in range(100 * len(POINTS)):
        point, _number = plan.next()
        if point == "data-sent":
            plan.missed(point)
        else:
            seen[point] += 1
    assert POINTS.keys() - seen.keys() == {"data-sent"}
    assert min(seen.values()) > 50


@pytest.mark.parametrize(("database", "share", "seed"), [("sqlite", 2 / 3, 1), ("postgresql", 1 / 3, 2)])
def test_kills_lose_nothing_and_double_nothing(
    database: str,
    share: float,
    seed: int,
    undisturbed: Census,
    mailhub: MailHub,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kills, plan, tally = math.ceil((SOAK_KILLS or 30) * share), Plan(SOAK_SEED + seed), Tally()
    end = time.monotonic() + SOAK_SECONDS * share
    while tally.kills.total() < kills and time.monotonic() < end:
        folder = tmp_path / str(tally.streams)
        folder.mkdir()
        mailhub.wipe()
        with address_of(database, request) as url:
            office = Office(mailhub, folder, database=url)
            play(office, mailhub, tally, plan, kills)
            _check(office, tally, undisturbed)
            office.close()
        if SOAK_KILLS:
            with capsys.disabled():
                sys.stdout.write(f"\n{database}: {tally}\n")
    assert (tally.lost, tally.doubled) == ([], [])
    assert tally.kills.total() < ENOUGH_FOR_ALL or POINTS.keys() <= tally.kills.keys(), "a point nobody comes to"
    assert SOAK_KILLS or tally.kills.total() == kills


def _check(office: Office, tally: Tally, undisturbed: Census) -> None:
    post = compare_post(office)
    tally.lost += post.lost
    tally.doubled += post.doubled
    audit(office)
    assert told_twice(office) == []
    assert take_census(office) == undisturbed
