"""The company that `mailbox.py` writes for, as a configuration."""

from benchmarks.mailbox import AUTHSERV_ID, BOT, DIRECTOR, ENGINEERS, OTHERS, ROLES, SALES

_HEAD = """
[company]
name = "信海系统集成"
[[accounts]]
name = "main"
address = "{bot}"
authserv_id = "{authserv}"
[accounts.imap]
host = "127.0.0.1"
port = {imap_port}
user = "{user}"
tls = "none"
folders = ["INBOX"]
password_file = "password"
[accounts.smtp]
host = "127.0.0.1"
port = {smtp_port}
tls = "none"
password_file = "password"
self_copy = {self_copy}
[database]
url_file = "database"
[caps]
per_case_hour = 1000000
per_address_hour = 1000000
answers_hour = 1000000
answers_day = 1000000
strangers_hour = 1000000
"""
_PERSON = """
[[people]]
name = "{name}"
address = "{address}"
roles = ["{role}"]
"""


def make_config(imap_port: int, smtp_port: int, user: str, *, self_copy: bool = False) -> str:
    """The configuration with everybody of the firm; the caps are out of the way, for a week is read in a minute."""
    head = _HEAD.format(
        bot=BOT,
        authserv=AUTHSERV_ID,
        imap_port=imap_port,
        smtp_port=smtp_port,
        user=user,
        self_copy=str(self_copy).lower(),
    )
    people = [(DIRECTOR, "director"), *((p, "sales") for p in SALES), *((p, "engineer") for p in ENGINEERS)]
    people += list(zip(OTHERS, ROLES, strict=True))
    return head + "".join(_PERSON.format(name=n, address=a, role=role) for (n, a), role in people)
