"""Which cases' folders are behind what is on record (R26, R40): noted with the change, so that no crash forgets one."""

from sqlalchemy import bindparam, select, update

from bot.store.archive_tables import STALE, archives
from bot.store.base import Repository, insert_if_absent

_BEGIN = insert_if_absent(archives, "case_id")
_WANT = (
    update(archives).where(archives.c.case_id == bindparam("case")).values(wanted=archives.c.wanted + 1)
)  # fmt: skip
_WAITING = select(archives.c.case_id, archives.c.wanted).where(STALE).order_by(archives.c.case_id)
_FILED = (
    update(archives)
    .where(archives.c.case_id == bindparam("case"), archives.c.filed < bindparam("shown"))
    .values(filed=bindparam("shown"))
)


class Archives(Repository):
    """One row a case that has a folder, or is to get one."""

    __slots__ = ()

    def begin(self, case_id: int) -> None:
        """From now on the case has a folder; does nothing when it has one."""
        self.run(_BEGIN, {"case_id": case_id, "wanted": 0, "filed": 0})

    def changed_case(self, case_id: int) -> None:
        """Something about the case is new: its folder, if there is to be one, is behind."""
        self.run(_WANT, {"case": case_id})

    def waiting(self) -> tuple[tuple[int, int], ...]:
        """(case, how far it is wanted) of every folder that is behind."""
        return tuple((row.case_id, row.wanted) for row in self.run(_WAITING))

    def set_filed(self, case_id: int, shown: int) -> None:
        """The folder shows everything up to `shown`; what came meanwhile keeps it waiting."""
        self.run(_FILED, {"case": case_id, "shown": shown})
