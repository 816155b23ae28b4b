"""Sent once: whatever crashes, nobody gets two mails for one decision, and nothing is forgotten (design.md part 2)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.errors import StoreError
from bot.rules.case import Case
from bot.rules.notice import NoticeKind
from bot.store import OutboxLine, OutboxRow, OutboxStatus, RecipientResult, RecipientState, Store, Tx
from tests.store.examples import HOUR, NOW, SUBJECT, a_case, a_copy

S, R = OutboxStatus, RecipientState
LEASE = timedelta(minutes=5)
SALES, DIRECTOR = "zgh@example.com", "director@example.com"
TOOK_ALL = (RecipientResult(SALES, R.ACCEPTED, 250, "ok"), RecipientResult(DIRECTOR, R.ACCEPTED, 250, "ok"))


def claimed(tx: Tx, now: datetime = NOW, limit: int = 10) -> tuple[OutboxRow, ...]:
    return tx.outbox.claim(now, "worker", LEASE, limit)


def one(tx: Tx) -> OutboxLine:
    (line,) = tx.outbox.list()
    return line


@pytest.fixture
def sending(tx: Tx) -> OutboxRow:
    """The one copy of the outbox, its final dot on the way."""
    tx.outbox.add(a_copy(), NOW)
    (row,) = claimed(tx)
    assert tx.outbox.mark_sending(row, NOW, LEASE)
    return row


def test_a_claimed_copy_holds_all_that_was_put_in(case: Case, tx: Tx) -> None:
    out = a_copy(case_id=case.id, not_before=NOW - HOUR, raw=b"\x00\xff raw")
    assert tx.outbox.add(out, NOW)
    (row,) = claimed(tx)
    assert row.outgoing == out
    assert (row.status, row.attempts, row.lease_owner, row.lease_until) == (S.CLAIMED, 1, "worker", NOW + LEASE)
    assert (row.created_at, row.tried_at, row.sent_at, row.last_error) == (NOW, NOW, None, "")
    assert (row.waiting, row.accepted) == ((SALES, DIRECTOR), ())
    assert tx.outbox.get(row.id) == row
    assert tx.outbox.get(99) is None


def test_the_same_notice_is_never_put_in_twice(tx: Tx) -> None:
    assert not tx.outbox.has_notice("registered-1")
    assert tx.outbox.add(a_copy(), NOW)
    assert not tx.outbox.add(a_copy(subject="other", own_id="other"), NOW + HOUR)
    assert tx.outbox.add(a_copy(copy=1), NOW)
    assert tx.outbox.has_notice("registered-1")
    assert [(line.copy, line.subject) for line in tx.outbox.list()] == [(0, SUBJECT), (1, SUBJECT)]


def test_our_own_id_is_unique(store: Store) -> None:
    def add_both(tx: Tx) -> None:
        tx.outbox.add(a_copy("a", own_id="same"), NOW)
        tx.outbox.add(a_copy("b", own_id="same"), NOW)

    with pytest.raises(StoreError, match="promise"), store.transaction() as tx:
        add_both(tx)


def test_recipients_are_kept_once_and_lower_cased(tx: Tx) -> None:
    tx.outbox.add(a_copy(recipients=("B@x", "a@x", "b@X")), NOW)
    assert one(tx).recipients == ("b@x", "a@x")


@pytest.mark.parametrize(("now", "expected"), [(NOW, ["a"]), (NOW + HOUR, ["a", "b"])])
def test_only_what_is_due_is_claimed_oldest_first(tx: Tx, now: datetime, expected: list[str]) -> None:
    tx.outbox.add(a_copy("b", not_before=NOW + HOUR), NOW - HOUR)
    tx.outbox.add(a_copy("a"), NOW)
    assert [row.notice_key for row in claimed(tx, now, 1)] == ["a"]
    assert [row.notice_key for row in claimed(tx, now)] == expected[1:]
    assert claimed(tx, now) == ()


def test_a_sent_copy_is_done(tx: Tx, sending: OutboxRow) -> None:
    assert tx.outbox.mark_sent(sending, NOW + HOUR, TOOK_ALL)
    line = one(tx)
    assert (line.status, line.sent_at, line.lease_owner) == (S.SENT, NOW + HOUR, None)
    assert (line.accepted, line.waiting, line.results) == ((SALES, DIRECTOR), (), TOOK_ALL)
    assert claimed(tx, NOW + 99 * HOUR) == ()


def test_a_retry_goes_only_to_those_not_yet_accepted(tx: Tx, sending: OutboxRow) -> None:
    partly = (TOOK_ALL[0], RecipientResult(DIRECTOR, R.REFUSED_TEMPORARY, 451, "greylisted"))
    assert tx.outbox.mark_retry(sending, NOW + HOUR, "451 greylisted", partly)
    assert claimed(tx, NOW) == ()
    (again,) = claimed(tx, NOW + HOUR)
    assert (again.attempts, again.last_error, again.outgoing.recipients) == (2, "451 greylisted", (DIRECTOR,))
    tx.outbox.mark_sent(again, NOW + HOUR, TOOK_ALL[1:])
    assert one(tx).accepted == (SALES, DIRECTOR)


def test_a_late_refusal_does_not_unsay_an_acceptance(tx: Tx, sending: OutboxRow) -> None:
    tx.outbox.mark_retry(sending, NOW, "451", TOOK_ALL[:1])
    claimed(tx)
    tx.outbox.mark_retry(sending, NOW, "451", (RecipientResult(SALES, R.REFUSED_TEMPORARY, 451),))
    assert one(tx).accepted == (SALES,)


def test_refused_for_good_is_failed(tx: Tx, sending: OutboxRow) -> None:
    refused = tuple(replace(r, state=R.REFUSED_PERMANENT, code=550) for r in TOOK_ALL)
    assert tx.outbox.mark_failed(sending, "550", refused)
    line = one(tx)
    assert (line.status, line.last_error, line.waiting) == (S.FAILED, "550", ())
    assert claimed(tx, NOW + 99 * HOUR) == ()


def test_one_refused_for_good_does_not_hide_the_others(tx: Tx, sending: OutboxRow) -> None:
    tx.outbox.mark_sent(sending, NOW, (RecipientResult(SALES, R.REFUSED_PERMANENT, 550, "no such user"),))
    assert (one(tx).status, one(tx).accepted) == (S.SENT, (DIRECTOR,))
    assert not tx.outbox.delivered("registered-1", SALES)
    assert tx.outbox.delivered("registered-1", DIRECTOR)


def test_a_crash_while_sending_makes_it_uncertain_not_pending(tx: Tx, sending: OutboxRow) -> None:
    assert tx.outbox.expire_claims(NOW + LEASE - timedelta(seconds=1)) == (0, 0)
    assert tx.outbox.expire_claims(NOW + LEASE) == (0, 1)
    assert one(tx).status is S.UNCERTAIN
    assert claimed(tx, NOW + 99 * HOUR) == ()
    assert tx.outbox.uncertain_before(NOW - timedelta(seconds=1)) == ()
    assert tx.outbox.uncertain_before(NOW) == (one(tx),)


def test_a_crash_before_the_final_dot_goes_again_and_costs_no_attempt(tx: Tx) -> None:
    tx.outbox.add(a_copy(), NOW)
    claimed(tx)
    assert tx.outbox.expire_claims(NOW + LEASE) == (1, 0)
    assert (one(tx).status, one(tx).attempts) == (S.PENDING, 0)
    assert len(claimed(tx)) == 1


def test_a_sender_known_to_be_gone_loses_its_claims_at_once_and_no_other(tx: Tx) -> None:
    for key in ("unsent", "unsure", "other"):
        tx.outbox.add(a_copy(key), NOW)
    _unsent, unsure = tx.outbox.claim(NOW, "gone", LEASE, 2)
    claimed(tx)
    tx.outbox.mark_sending(unsure, NOW, LEASE)
    assert sorted(tx.outbox.claimants()) == ["gone", "worker"]
    assert tx.outbox.expire_claims(NOW, ["gone"]) == (1, 1)
    assert [line.status for line in tx.outbox.list()] == [S.PENDING, S.UNCERTAIN, S.CLAIMED]
    assert tx.outbox.claimants() == ("worker",)


def test_who_lost_the_claim_is_stopped_before_the_final_dot(tx: Tx) -> None:
    tx.outbox.add(a_copy(), NOW)
    (slow,) = tx.outbox.claim(NOW, "slow", LEASE, 1)
    tx.outbox.expire_claims(NOW + LEASE)
    (quick,) = tx.outbox.claim(NOW + LEASE, "quick", LEASE, 1)
    assert not tx.outbox.mark_sending(slow, NOW + LEASE, LEASE)
    assert tx.outbox.mark_sending(quick, NOW + LEASE, LEASE)
    assert tx.outbox.mark_sending(quick, NOW + LEASE, LEASE), "the connection was replaced: a second dot"
    assert one(tx).lease_until == NOW + 2 * LEASE


@pytest.mark.parametrize("report", ["sent", "retry", "failed", "uncertain", "unsent"])
def test_a_report_on_somebody_elses_claim_changes_nothing(tx: Tx, report: str) -> None:
    tx.outbox.add(a_copy(), NOW)
    (slow,) = tx.outbox.claim(NOW, "slow", LEASE, 1)
    tx.outbox.expire_claims(NOW + LEASE)
    (quick,) = tx.outbox.claim(NOW + LEASE, "quick", LEASE, 1)
    tx.outbox.mark_sending(quick, NOW + LEASE, LEASE)
    assert not REPORTS[report](tx, slow)
    assert (one(tx).status, one(tx).lease_owner) == (S.SENDING, "quick")


def test_a_break_after_data_is_uncertain_until_our_copy_comes_back(tx: Tx, sending: OutboxRow) -> None:
    assert tx.outbox.mark_uncertain(sending, "connection lost after DATA", NOW)
    assert not tx.outbox.delivered("registered-1", SALES)
    assert tx.outbox.settle(sending.own_id, NOW + HOUR)
    assert (one(tx).status, one(tx).sent_at) == (S.SENT, NOW + HOUR)
    assert tx.outbox.delivered("registered-1", SALES)
    assert not tx.outbox.settle(sending.own_id, NOW + HOUR)
    assert not tx.outbox.settle("somebody else's", NOW)


def test_what_surely_never_left_goes_again_and_costs_no_attempt(tx: Tx, sending: OutboxRow) -> None:
    assert tx.outbox.release_unsent(sending, NOW + HOUR, "no route to host")
    line = one(tx)
    assert (line.status, line.attempts, line.next_try_at, line.last_error) == (
        S.PENDING,
        0,
        NOW + HOUR,
        "no route to host",
    )


def test_a_slow_worker_may_still_report_after_its_lease(tx: Tx, sending: OutboxRow) -> None:
    tx.outbox.expire_claims(NOW + LEASE)
    assert tx.outbox.mark_sent(sending, NOW + HOUR, TOOK_ALL)
    assert one(tx).status is S.SENT


Report = Callable[[Tx, OutboxRow], bool]
REPORTS: dict[str, Report] = {
    "sent": lambda tx, claim: tx.outbox.mark_sent(claim, NOW, TOOK_ALL),
    "retry": lambda tx, claim: tx.outbox.mark_retry(claim, NOW, "451"),
    "failed": lambda tx, claim: tx.outbox.mark_failed(claim, "550"),
    "uncertain": lambda tx, claim: tx.outbox.mark_uncertain(claim, "lost", NOW),
    "unsent": lambda tx, claim: tx.outbox.release_unsent(claim, NOW, "no route"),
}


@pytest.mark.parametrize("report", REPORTS)
def test_a_claim_is_reported_once(tx: Tx, sending: OutboxRow, report: str) -> None:
    tx.outbox.mark_sent(sending, NOW, TOOK_ALL)
    assert not REPORTS[report](tx, sending)
    assert (one(tx).status, one(tx).accepted) == (S.SENT, (SALES, DIRECTOR))


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_after_the_operator_retried_is_too_late(tx: Tx, sending: OutboxRow, report: str) -> None:
    tx.outbox.expire_claims(NOW + LEASE)
    assert tx.outbox.retry(sending.id, NOW)
    assert not REPORTS[report](tx, sending)
    assert one(tx).status is S.PENDING


@pytest.mark.parametrize("report", ["failed", "uncertain", "unsent"])
def test_what_our_own_copy_proved_stays_proved(tx: Tx, sending: OutboxRow, report: str) -> None:
    tx.outbox.settle(sending.own_id, NOW)
    assert not REPORTS[report](tx, sending)
    assert one(tx).status is S.SENT


PUT_OFF = RecipientResult(DIRECTOR, R.REFUSED_TEMPORARY, 451, "greylisted")


def test_who_was_put_off_is_tried_again_though_our_own_copy_came_back(tx: Tx, sending: OutboxRow) -> None:
    tx.outbox.mark_sending(sending, NOW, LEASE, (PUT_OFF,))
    assert tx.outbox.settle(sending.own_id, NOW)
    assert tx.outbox.mark_retry(sending, NOW, "451", (TOOK_ALL[0], PUT_OFF))
    assert [row.outgoing.recipients for row in claimed(tx)] == [(DIRECTOR,)]


def test_who_was_put_off_is_tried_again_though_the_sender_crashed(tx: Tx, sending: OutboxRow) -> None:
    tx.outbox.mark_sending(sending, NOW, LEASE, (PUT_OFF,))
    tx.outbox.expire_claims(NOW + LEASE)
    assert tx.outbox.settle(sending.own_id, NOW + LEASE)
    assert one(tx).accepted == (SALES,)
    assert [row.outgoing.recipients for row in claimed(tx, NOW + LEASE)] == [(DIRECTOR,)]


def test_our_own_copy_of_an_earlier_try_proves_nothing_about_this_one(tx: Tx, sending: OutboxRow) -> None:
    tx.outbox.mark_retry(sending, NOW, "451", (TOOK_ALL[0], PUT_OFF))
    (again,) = claimed(tx)
    tx.outbox.mark_sending(again, NOW, LEASE)
    tx.outbox.expire_claims(NOW + LEASE)
    assert not tx.outbox.settle(sending.own_id, NOW + LEASE)
    assert one(tx).status is S.UNCERTAIN


def test_late_evidence_stops_what_the_policy_sent_on_its_way_again(tx: Tx, sending: OutboxRow) -> None:
    tx.outbox.expire_claims(NOW + LEASE)
    tx.outbox.retry(sending.id, NOW + LEASE)
    (again,) = claimed(tx, NOW + LEASE)
    assert tx.outbox.settle(sending.own_id, NOW + LEASE)
    assert not tx.outbox.mark_sending(again, NOW + LEASE, LEASE)
    assert one(tx).status is S.SENT


def test_what_was_planned_while_the_clock_was_wrong_goes_now(tx: Tx) -> None:
    """A year ahead there is nothing to wait for, unless a notice itself waits for its hour."""
    year = timedelta(days=365)
    tx.outbox.add(a_copy(own_id="wrong"), NOW + year)
    tx.outbox.add(a_copy(copy=1, own_id="waits", not_before=NOW + year), NOW)
    assert claimed(tx) == ()
    tx.outbox.expire_claims(NOW)
    assert [row.own_id for row in claimed(tx)] == ["wrong"]


def test_a_lease_from_a_wrong_clock_does_not_hold_for_a_year(tx: Tx) -> None:
    tx.outbox.add(a_copy(), NOW)
    (row,) = tx.outbox.claim(NOW + timedelta(days=365), "other", LEASE, 1)
    assert tx.outbox.expire_claims(NOW) == (1, 0)
    assert not tx.outbox.mark_sending(row, NOW, LEASE)


def test_the_operators_hands(tx: Tx, sending: OutboxRow) -> None:
    refused = tuple(replace(r, state=R.REFUSED_PERMANENT) for r in TOOK_ALL[:1])
    assert not tx.outbox.retry(sending.id, NOW), "on its way"
    assert not tx.outbox.drop(sending.id), "on its way"
    tx.outbox.mark_failed(sending, "550", refused)
    assert tx.outbox.drop(sending.id)
    assert not tx.outbox.drop(sending.id)
    assert claimed(tx, NOW + HOUR) == ()
    assert tx.outbox.retry(sending.id, NOW + HOUR)
    assert [row.outgoing.recipients for row in claimed(tx, NOW + HOUR)] == [(SALES, DIRECTOR)]
    tx.outbox.mark_sent(sending, NOW, TOOK_ALL)
    assert not tx.outbox.retry(sending.id, NOW), "sent is sent"
    assert not tx.outbox.drop(sending.id)


def test_a_held_copy_waits_for_the_operator(tx: Tx) -> None:
    tx.outbox.add(a_copy(), NOW)
    assert tx.outbox.hold(one(tx).id, "20 mails an hour on this case")
    assert not tx.outbox.hold(one(tx).id, "again")
    assert claimed(tx) == ()
    assert [line.last_error for line in tx.outbox.list(S.HELD)] == ["20 mails an hour on this case"]
    assert tx.outbox.list(S.PENDING) == ()
    assert tx.outbox.retry(one(tx).id, NOW)
    assert len(claimed(tx)) == 1


def test_all_copies_of_a_notice_are_held_together(tx: Tx) -> None:
    for copy in (0, 1):
        tx.outbox.add(a_copy("loud", copy), NOW)
    tx.outbox.add(a_copy("quiet"), NOW)
    assert tx.outbox.hold_notice("loud", "cap")
    assert not tx.outbox.hold_notice("loud", "cap")
    assert [(line.notice_key, line.copy) for line in tx.outbox.list(S.HELD)] == [("loud", 0), ("loud", 1)]


def test_copies_are_found_by_case_and_by_our_own_id(case: Case, tx: Tx) -> None:
    tx.outbox.add(a_copy("a", case_id=case.id), NOW)
    tx.outbox.add(a_copy("b"), NOW)
    assert [line.notice_key for line in tx.outbox.of_case(case.id)] == ["a"]
    found = tx.outbox.by_own_id("a-0")
    assert found is not None
    assert (found.notice_key, found.case_id) == ("a", case.id)
    assert tx.outbox.by_own_id("c") is None


def test_a_bounce_takes_back_the_delivery(tx: Tx, sending: OutboxRow) -> None:
    tx.outbox.mark_sent(sending, NOW, TOOK_ALL)
    assert tx.outbox.mark_bounced(sending.own_id, SALES.upper(), "550 no such user")
    assert not tx.outbox.mark_bounced(sending.own_id, "stranger@x", "550")
    assert not tx.outbox.mark_bounced("stranger", SALES, "550")
    assert not tx.outbox.delivered("registered-1", SALES)
    assert tx.outbox.delivered("registered-1", DIRECTOR.upper())
    assert not tx.outbox.delivered("other", DIRECTOR)


def test_the_caps_count_what_went_out_or_may_have(case: Case, tx: Tx) -> None:
    other = tx.cases.create(a_case())
    keys = ["sent", "uncertain", "sending", "retried", "held", "pending"]
    for key in keys:
        tx.outbox.add(a_copy(key, case_id=case.id), NOW)
    tx.outbox.add(a_copy("elsewhere", case_id=other.id, recipients=(DIRECTOR,)), NOW)
    ids = {line.notice_key: line.id for line in tx.outbox.list()}
    tx.outbox.hold(ids["held"], "cap")
    claims = {row.notice_key: row for row in claimed(tx, limit=4)}
    for claim in claims.values():
        tx.outbox.mark_sending(claim, NOW, LEASE)
    tx.outbox.mark_sent(claims["sent"], NOW, TOOK_ALL)
    tx.outbox.mark_uncertain(claims["uncertain"], "lost", NOW)
    tx.outbox.mark_retry(claims["retried"], NOW + HOUR, "451")
    assert tx.outbox.queued_since(NOW) == 6
    assert tx.outbox.queued_since(NOW, case_id=case.id, address=SALES) == 5
    assert tx.outbox.queued_since(NOW, address=DIRECTOR) == 6
    assert tx.outbox.queued_since(NOW + timedelta(seconds=1)) == 0
    assert tx.outbox.queued_at_most(NOW, NOW) == 7, "also what is held: a bound, no count"
    assert tx.outbox.queued_at_most(NOW + timedelta(seconds=1), NOW + HOUR) == 0
    tx.outbox.add(a_copy("later"), NOW + HOUR)
    assert tx.outbox.queued_at_most(NOW + timedelta(seconds=1), NOW + HOUR) == 1
    assert tx.outbox.queued_at_most(NOW, NOW) == 8, "the clock went back: every copy may be one of this hour"


def test_one_rejection_an_address_and_day_can_be_kept(tx: Tx) -> None:
    help_ = NoticeKind.SUBJECT_HELP
    assert tx.outbox.last_sent_to(SALES, help_) is None
    tx.outbox.add(a_copy("help-1", kind=help_, recipients=(SALES,)), NOW)
    tx.outbox.add(a_copy("help-2", kind=help_, recipients=(SALES,)), NOW + HOUR)
    tx.outbox.add(a_copy("registered", recipients=(SALES,)), NOW + 2 * HOUR)
    assert tx.outbox.last_sent_to(SALES.upper(), help_) == NOW + HOUR
    assert tx.outbox.last_sent_to(SALES, help_, NoticeKind.REGISTERED) == NOW + 2 * HOUR
    assert tx.outbox.last_sent_to(SALES) is None
    assert tx.outbox.last_sent_to(DIRECTOR, help_) is None
    tx.outbox.drop(tx.outbox.list()[1].id)
    assert tx.outbox.last_sent_to(SALES, help_) == NOW


def test_a_copy_without_recipients_is_kept_too(tx: Tx) -> None:
    tx.outbox.add(a_copy(recipients=()), NOW)
    assert one(tx).recipients == ()
