"""The files that belong to a case (R26) and their content."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.errors import StoreError
from bot.rules.case import Document
from bot.store.base import Repository, insert_if_absent
from bot.store.blobs import Blobs
from bot.store.case_tables import documents

_NAMES = tuple(field.name for field in fields(Document))

_ADD = insert_if_absent(documents, "case_id", "sha256", "name")
_OF = select(documents).where(documents.c.case_id == bindparam("case")).order_by(documents.c.id)
_FILED = update(documents).where(documents.c.id == bindparam("document")).values(filed_as=bindparam("path"))


class Documents(Repository):
    """Documents by case; the content is kept once, whoever sends it again."""

    __slots__ = ("_blobs", "_of_case")

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._blobs = Blobs(connection)
        self._of_case: dict[int, tuple[Document, ...]] = {}  # asked several times for one mail

    def keep_blob(self, content: bytes) -> str:
        """Keep a document's bytes; their sha256 in hex. To be done before `add`."""
        return self._blobs.keep(content)

    def blob(self, sha256: str) -> bytes:
        """The bytes kept under `sha256`; StoreError when missing or altered."""
        return self._blobs.read(sha256)

    def add(self, case_id: int, document: Document) -> bool:
        """Note a document of the case; False when the same content under the same name is there already."""
        self._of_case.clear()
        values: dict[str, Any] = {name: getattr(document, name) for name in _NAMES if name != "id"}
        return self.changed(_ADD, values | {"case_id": case_id})

    def of(self, case_id: int) -> tuple[Document, ...]:
        """The documents of a case, in the order they came."""
        if case_id not in self._of_case:
            rows = self.run(_OF, {"case": case_id})
            self._of_case[case_id] = tuple(Document(**{name: getattr(row, name) for name in _NAMES}) for row in rows)
        return self._of_case[case_id]

    def set_filed(self, document_id: int, path: str) -> None:
        """Note where below the archive root the document lies; StoreError when there is no such document."""
        self._of_case.clear()
        if not self.changed(_FILED, {"document": document_id, "path": path}):
            raise StoreError(f"document {document_id} is not in the database")
