"""The small company that all benchmarks read mail for."""

from benchmarks.corpus import AUTHSERV_ID

CONFIG = f"""
[[accounts]]
name = "main"
address = "support@xinhai.example"
authserv_id = "{AUTHSERV_ID}"
[accounts.imap]
host = "localhost"
tls = "none"
[accounts.smtp]
host = "localhost"
tls = "none"
[[people]]
name = "陈总监"
address = "chen@xinhai.example"
roles = ["director"]
[[people]]
name = "张国华"
address = "zgh@xinhai.example"
roles = ["sales"]
aliases = ["ZGH"]
[[people]]
name = "李明"
address = "li@xinhai.example"
roles = ["engineer"]
"""
