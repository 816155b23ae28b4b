"""Mutations without looking at coverage: for `make test`, and where atheris has no wheel."""

import random
from collections.abc import Callable, Iterator

from tests.fuzz.seeds import make_seeds, make_words
from tests.fuzz.targets import Target

_MOST_CHANGES = 6


def mutations(target: Target, seed: int) -> Iterator[bytes]:
    """Inputs without end, the seeds themselves first; the same for the same `seed`."""
    dice = random.Random(seed)
    seeds = make_seeds(target.seeds)
    words = make_words(seeds) or [b""]
    yield from (one[: target.longest] for one in dice.sample(seeds, min(len(seeds), 50)))
    while True:
        data = bytearray(dice.choice(seeds)[: target.longest])
        for _ in range(dice.randint(1, _MOST_CHANGES)):
            start = dice.randint(0, len(data))
            dice.choice(_CHANGES)(data, start, min(len(data), start + dice.randint(0, 40)), dice, words)
        yield bytes(data[: target.longest])


def _cut(data: bytearray, start: int, end: int, dice: random.Random, words: list[bytes]) -> None:
    del data[start:end]


def _double(data: bytearray, start: int, end: int, dice: random.Random, words: list[bytes]) -> None:
    data[start:start] = data[start:end] * dice.randint(1, 5)


def _write_word(data: bytearray, start: int, end: int, dice: random.Random, words: list[bytes]) -> None:
    data[start : dice.choice((start, end))] = dice.choice(words)


def _spoil(data: bytearray, start: int, end: int, dice: random.Random, words: list[bytes]) -> None:
    data[start : start + 1] = bytes((dice.randrange(256),))


def _move(data: bytearray, start: int, end: int, dice: random.Random, words: list[bytes]) -> None:
    piece = data[start:end]
    del data[start:end]
    at = dice.randint(0, len(data))
    data[at:at] = piece


_Change = Callable[[bytearray, int, int, random.Random, list[bytes]], None]
_CHANGES: tuple[_Change, ...] = (_cut, _double, _write_word, _spoil, _move)
