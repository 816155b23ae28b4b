"""A case's files: content kept once, each listed once (R26)."""

from dataclasses import replace

import pytest

from bot.errors import StoreError
from bot.rules.case import Case
from bot.store import Store, Tx
from tests.store.examples import a_case, a_document


def test_a_document_comes_back_whole_with_its_content(case: Case, tx: Tx) -> None:
    document = a_document(tx.documents.keep_blob(b"%PDF"))
    assert tx.documents.add(case.id, document)
    (stored,) = tx.documents.of(case.id)
    assert stored == replace(document, id=stored.id)
    assert tx.documents.blob(stored.sha256) == b"%PDF"


def test_the_same_file_sent_again_is_listed_once(case: Case, tx: Tx) -> None:
    other = tx.cases.create(a_case())
    first, second = tx.documents.keep_blob(b"one"), tx.documents.keep_blob(b"two")
    assert tx.documents.add(case.id, a_document(first))
    assert not tx.documents.add(case.id, a_document(first, mail="later@example.com"))
    assert tx.documents.add(case.id, a_document(second))  # same name, changed content
    assert tx.documents.add(case.id, a_document(first, name="方案.docx"))
    assert tx.documents.add(other.id, a_document(first))
    assert len(tx.documents.of(case.id)) == 3


def test_where_it_was_filed_is_noted(case: Case, tx: Tx) -> None:
    tx.documents.add(case.id, a_document(tx.documents.keep_blob(b"%PDF")))
    (stored,) = tx.documents.of(case.id)
    tx.documents.set_filed(stored.id, "欧莱雅/CITRIX安装/2026-09-21_ZC2026-0001/服务单.pdf")
    assert tx.documents.of(case.id)[0].filed_as == "欧莱雅/CITRIX安装/2026-09-21_ZC2026-0001/服务单.pdf"
    with pytest.raises(StoreError, match="document 99"):
        tx.documents.set_filed(99, "x")


def test_a_document_without_content_is_refused(store: Store, case: Case) -> None:
    with pytest.raises(StoreError, match="promise"), store.transaction() as tx:
        tx.documents.add(case.id, a_document("0" * 64))
