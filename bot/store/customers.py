"""The customers of earlier cases, learnt as cases are created, found by a name with one typing slip in it (R3)."""

from sqlalchemy import bindparam, insert, select

from bot.rules.slips import SHORTEST, deletion_keys, fold_name, is_slip
from bot.store.base import Repository, insert_if_absent
from bot.store.case_tables import customer_keys, customers
from bot.store.types import bounded

_LEARN = insert_if_absent(customers, "folded")
_INDEX = insert(customer_keys)
_KNOWN = select(customers.c.name).where(customers.c.folded == bindparam("folded"))
_NEAR = (
    select(customers.c.folded, customers.c.name)
    .distinct()
    .join(customer_keys, customer_keys.c.folded == customers.c.folded)
    .where(customer_keys.c.key.in_(bindparam("keys", expanding=True)))
    .order_by(customers.c.folded)
)
_LONGEST = 100  # characters; no subject has a longer customer


class Customers(Repository):
    """One row a customer, whatever case, width and punctuation, beside its keys for the search."""

    __slots__ = ()

    def learn(self, name: str) -> bool:
        """From now on `name` is a known customer; False when it was one."""
        folded = bounded(fold_name(name))
        if not folded or not self.changed(_LEARN, {"folded": folded, "name": name}):
            return False
        if SHORTEST <= len(folded) <= _LONGEST:
            self.run(_INDEX, [{"key": key, "folded": folded} for key in sorted(deletion_keys(folded))])
        return True

    def near(self, name: str) -> tuple[str, ...]:
        """The known customers that `name` may be a slip of, as they were first written; () when it is one itself."""
        folded = fold_name(name)
        if not SHORTEST <= len(folded) <= _LONGEST or self.run(_KNOWN, {"folded": folded}).first():
            return ()
        found = self.run(_NEAR, {"keys": sorted(deletion_keys(folded))})
        return tuple(row.name for row in found if is_slip(folded, row.folded))
