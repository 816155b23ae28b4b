"""One look says what there is, for a mail and for a case."""

from datetime import timedelta
from decimal import Decimal

from bot.rules.case import Case
from bot.rules.matters.matter import Rating
from bot.rules.people import Delegation
from bot.rules.reports.work import WorkRecord, WorkSource
from bot.store import Store, Tx
from bot.store.address_tables import MarkKind
from bot.store.glances import CaseGlance, MailGlance
from tests.store.examples import NOW, a_case, a_document, a_mail
from tests.store.test_matters import a_matter

PLACE = ("support", "INBOX", 1, 7)
DAY = NOW.date()


def test_nothing_is_there_of_a_new_mail(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.glances.of_mail(PLACE, "i", "zgh@example.com", DAY) == MailGlance(False, False, False, False)


def test_a_mail_is_known_by_its_place_its_identity_and_its_sender(store: Store) -> None:
    with store.transaction() as tx:
        tx.mails.record(a_mail(tx.mails.keep_raw(b"mail"), identity="i"))
        tx.marks.mark_away("zgh@example.com", "休假", NOW)
        tx.marks.mark_bounced("li@example.com", "gone", NOW)
        tx.delegations.add([Delegation("a@b.cn", "c@b.cn", DAY, DAY)], "m", NOW)
        look = tx.glances.of_mail
        assert look(PLACE, "i", "ZGH@example.com", DAY) == MailGlance(True, True, True, True)
        assert look(("support", "INBOX", 2, 7), "i", "li@example.com", DAY) == MailGlance(False, True, False, True)
        assert look(PLACE, "other", "", DAY + timedelta(days=1)) == MailGlance(True, False, False, False)
        tx.delegations.end([Delegation("a@b.cn", "c@b.cn", DAY, DAY)], "m", NOW)
        assert not look(PLACE, "i", "", DAY).delegations
        assert tx.marks.clear("zgh@example.com", MarkKind.AWAY)
        assert not look(PLACE, "i", "zgh@example.com", DAY).away


def test_of_a_case_each_thing_is_told_apart(store: Store) -> None:
    with store.transaction() as tx:
        case, other = tx.cases.create(a_case()), tx.cases.create(a_case())
        _put_all(tx, other)
        assert tx.glances.of_case(case.id) == CaseGlance(False, False, False, False, False)
        assert tx.glances.of_case(other.id) == CaseGlance(True, True, True, True, True)
        tx.archives.begin(case.id)
        assert not tx.glances.of_case(case.id).folder  # as it was when first asked for
        tx.glances.forget_case(case.id)
        assert tx.glances.of_case(case.id) == CaseGlance(False, False, False, False, True)
        tx.work.put(other.id, [], NOW)
        tx.glances.forget_case(other.id)
        assert not tx.glances.of_case(other.id).work  # what was replaced counts no more


def _put_all(tx: Tx, case: Case) -> None:
    tx.matters.save(case.id, [a_matter()])
    tx.ratings.add(case.id, Rating(5, "zgh@example.com", NOW, "", "m", case.id))
    tx.work.put(case.id, [WorkRecord("li@example.com", DAY, Decimal(8), WorkSource.SAID)], NOW)
    tx.documents.add(case.id, a_document(tx.mails.keep_raw(b"document")))
    tx.archives.begin(case.id)
