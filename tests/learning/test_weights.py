"""The weights that are shipped belong to the labelled replies and to the features that are here (R10)."""

import pytest

from bot.errors import ZhichiError
from bot.parse.precedents import weights
from bot.parse.precedents.features import BITS, find_features
from bot.parse.score import score_replies
from bot.rules.words import Intent, ReplyStage, Role
from tests.learning.__main__ import SHIPPED
from tests.learning.rows import identities, read_rows

ROWS = read_rows()


def test_the_weights_are_learnt_from_the_replies_that_are_here() -> None:
    header = weights.load_weights().header
    assert header.digest == weights.digest_of(identities(ROWS)), "replies changed: run `make learn`"
    assert header.replies == len(ROWS)


def test_what_was_learnt_is_known() -> None:
    score = score_replies(ROWS)
    assert score.false_approvals <= score.total // 1_000
    assert score.right >= 0.96 * score.total


def test_weights_of_other_features_are_refused() -> None:
    first, _, rest = SHIPPED.read_bytes().partition(b"\n")
    with pytest.raises(ZhichiError, match="make learn"):
        weights.unpack(first.replace(b'"version": ', b'"version": 9') + b"\n" + rest)


def test_a_feature_speaks_for_its_meaning() -> None:
    known = weights.load_weights()
    yes = known.weigh(find_features("同意", Role.DIRECTOR, ReplyStage.APPLICATION))
    no = known.weigh(find_features("不同意", Role.DIRECTOR, ReplyStage.APPLICATION))
    assert max(yes, key=yes.__getitem__) is Intent.APPROVE
    assert max(no, key=no.__getitem__) is Intent.REJECT


def test_who_speaks_and_when_are_seen() -> None:
    said = [("同意", Role.DIRECTOR, ReplyStage.APPLICATION), ("同意", Role.SALES, ReplyStage.COMPLETION_SALES)]
    assert len({find_features(*words) for words in said}) == 2


def test_features_stay_within_the_table() -> None:
    found = find_features("同意，\ud800去吧。", Role.SALES, ReplyStage.WORKLOAD)
    assert all(0 <= number < 1 << BITS for number in found)
