"""`zhichi demo`: plays the scenes one after the other; what is told has been checked, or the command fails."""

import sys
from pathlib import Path

from rich.console import Console

from bot.demo.cast import call
from bot.demo.closing import tell_end
from bot.demo.facts import Facts
from bot.demo.scene import Scene
from bot.demo.scenes import SCENES
from bot.demo.tell import WIDTH, Teller
from bot.demo.wording import MORNING, days_off_between
from bot.demo.world import StoryBroken, World, open_world, prepare
from bot.errors import ZhichiError
from bot.rules.notice import NoticeKind

DEFAULT_FOLDER = Path("zhichi-demo")


def run_demo(folder: Path | None) -> int:
    """Play the whole story in `folder` (default ./zhichi-demo); exit code 0, or 1 with one line on stderr."""
    place = folder or DEFAULT_FOLDER
    console = _console()
    try:
        prepare(place)
        with open_world(place, SCENES[0].at) as world:
            teller = Teller(console, world.hours)
            teller.open()
            for scene in SCENES:
                _play(scene, world, teller)
            world.turn()  # takes in the last copies, so that every mail has its fate
            shown = tell_end(world, teller)
    except (ZhichiError, OSError) as error:
        Console(stderr=True, soft_wrap=True).print(f"zhichi demo: {error}", markup=False, highlight=False)
        return 1
    return shown


def _console() -> Console:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a terminal that lacks a sign must not end the story
    console = Console(highlight=False)
    return Console(highlight=False, width=min(console.width, WIDTH))


def _play(scene: Scene, world: World, teller: Teller) -> None:
    _let_time_pass(scene, world, teller)
    world.clock.set(scene.at)
    teller.scene(scene.at, scene.title, scene.lead)
    for written in scene.act(world):
        letter = written.letter
        subject = letter.subject if written.shows_subject else ""
        teller.wrote(written.writer or call(letter.sender), subject, letter.text, written.gloss, written.files)
    facts = world.turn()
    check(scene, world, facts)
    teller.happened(facts, scene.shows)
    teller.note(scene.note)


def _let_time_pass(scene: Scene, world: World, teller: Teller) -> None:
    start = world.now.date()
    off = days_off_between(world.hours, start, scene.at.date())
    passing = list(world.advance(scene.at))
    for at, facts in passing:
        if facts.moves:
            raise StoryBroken(f"{at:%m-%d %H:%M}: {facts.moves[0][0]} moved by itself: {facts.moves[0][1].why}")
    before = [(at, facts) for at, facts in passing if not off or at.date() < off[0]]
    sent = sum(len(facts.notices) for at, facts in passing if at.date() in off)
    teller.meanwhile(before)
    teller.passed(off, sent)
    teller.meanwhile(passing[len(before) :])


def check(scene: Scene, world: World, facts: Facts) -> None:
    """Every claim of the scene against database and mails; StoryBroken names the first that does not hold."""
    sent = tuple(kind for kind in facts.kinds() if kind not in MORNING)
    if sent != tuple(sorted(scene.sends)):
        raise _broken(scene, f"should send {_names(scene.sends)}, sent {_names(sent)}")
    for ref, stage in scene.stages.items():
        if (found := world.case(ref).stage) is not stage:
            raise _broken(scene, f"{ref} should be {stage.value}, is {found.value}")
    open_dues = {(ref, deadline.kind): deadline.due_at for ref, deadline in facts.armed}
    for (ref, kind), due in scene.dues.items():
        if open_dues.get((ref, kind)) != due:
            raise _broken(scene, f"{ref} {kind.value} should be due {due}, is {open_dues.get((ref, kind))}")
    for words in scene.shows:
        if not any(notice.find(words) for notice in facts.notices):
            raise _broken(scene, f"no mail says {words}")
    events = {(ref, entry.event) for ref, entry in facts.entries}
    for mark in scene.marks:
        if mark not in events:
            raise _broken(scene, f"{mark[0]} should have {mark[1]} on its record")
    if not scene.holds(world):
        raise _broken(scene, f"it does not hold that {scene.note}")


def _broken(scene: Scene, what: str) -> StoryBroken:
    return StoryBroken(f"scene “{scene.title}” ({scene.at:%m-%d %H:%M}): {what}")


def _names(kinds: tuple[NoticeKind, ...]) -> str:
    return ", ".join(kind.value for kind in kinds) or "nothing"
