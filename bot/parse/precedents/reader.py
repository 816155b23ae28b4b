"""The second reader: what people meant whose replies looked alike."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.parse.precedents.features import cut_pieces, find_features, number_of
from bot.parse.precedents.weights import load_weights
from bot.rules.words import Intent, ReplyStage, Role

# Longer replies than people write to decide something; their precedents are few.
LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a reply compares with those whose meaning is known.

    `likest`: the meaning of the replies most alike, `others` the rest, best first. `consent`: how far a plain yes is
    ahead of the best other meaning, behind it when negative; `denial`: the same of a plain no.
    """

    likest: Intent
    others: tuple[Intent, ...]
    consent: float
    denial: float
    words: str
    role: Role
    stage: ReplyStage

    def name_telling(self) -> str:
        """The words that speak most for the likest meaning, for people: “…”、“…”."""
        return "、".join(f"“{word}”" for word in _telling(self.words, self.likest, self.others[0]))

    def find_binding(self) -> str:
        """Clauses that by themselves are so like a conditional yes that the rest only hides them, or ""."""
        clauses = _CLAUSE.findall(self.words)
        for size, least in _BINDING.items():
            for at in range(len(clauses) - size + 1 if size < len(clauses) else 0):
                part = "".join(clauses[at : at + size]).strip()
                scores = dict(_score(part, self.role, self.stage))
                if scores.pop(Intent.APPROVE_WITH_CONDITION) - max(scores.values()) > least:
                    return part
        return ""


_CLAUSE = re.compile(r"[^,。;!?\n、]+[,。;!?\n、]*")
# How far a conditional yes must be ahead in so many clauses next to each other.
_BINDING = {1: 0.7, 2: 0.9, 3: 0.6}


def compare(words: str, role: Role, stage: ReplyStage) -> Likeness | None:
    """How `words`, from `fold_reply`, said by `role` at `stage`, compare; None for none or more than `LIMIT`."""
    if not words or len(words) > LIMIT:
        return None
    return rank(_score(words, role, stage), words, role, stage)


def _score(words: str, role: Role, stage: ReplyStage) -> Mapping[Intent, float]:
    return load_weights().weigh(find_features(words, role, stage))


def rank(scores: Mapping[Intent, float], words: str, role: Role, stage: ReplyStage) -> Likeness:
    """The meanings, best first, with the leads of yes and no."""
    ranked = sorted(scores, key=scores.__getitem__, reverse=True)

    def lead(meaning: Intent) -> float:
        return scores[meaning] - max(score for other, score in scores.items() if other is not meaning)

    return Likeness(ranked[0], tuple(ranked[1:]), lead(Intent.APPROVE), lead(Intent.REJECT), words, role, stage)


def _telling(text: str, meaning: Intent, against: Intent) -> list[str]:
    weights = load_weights()
    found: dict[str, int] = {}
    for piece in cut_pieces(text):
        word = piece.decode("utf-16-le", "replace").strip("^$\n ,。")
        if len(word) >= 2:
            found[word] = max(found.get(word, 0), weights.weigh_one(number_of(piece), meaning, against))
    chosen: list[str] = []
    for word in sorted(found, key=lambda w: (-found[w], -len(w), w)):
        if found[word] <= 0 or len(chosen) == 3:
            break
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
    return chosen
