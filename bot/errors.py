"""What can break, and what to do then. Expected outcomes (unclear, refused, duplicate) are values, never exceptions.

ZhichiError               anything of ours; the message is one line for the operator: place, cause, cure
├── ConfigError           the configuration is wrong: every fault listed; exit 2
├── MailServerError       IMAP or SMTP did not do its part: back off, try again
│   ├── LoginRefused      wrong password or authorisation code: long pause, tell the operator
│   ├── CertificateRefused  TLS could not be verified: never fall back to plain text
│   └── FolderMissing     a configured folder is not there: skip it, say so, go on with the others
├── StoreError            the database cannot be used now: stop the turn, nothing was half-written
│   ├── StoreBusy         locked by another process past the time limit: try the turn again
│   ├── StoreReadOnly     the file or disk refuses writes (read-only, full): operator
│   ├── SchemaMismatch    database version is not this program's: `zhichi migrate`
│   └── StaleCase         another worker changed the case meanwhile: read again and decide anew
├── TemplateError         a notice's template is missing or broken: names file and line
└── UnreadableMail        a mail could not be turned into values: quarantine it, go on
"""


class ZhichiError(Exception):
    """Base of all our exceptions; `str()` is one line for the operator: place, cause, cure."""


class ConfigError(ZhichiError):
    """The configuration is wrong.

    `faults` holds every fault found, one line each, naming the key and the cure.
    """

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))


class MailServerError(ZhichiError):
    """An IMAP or SMTP server did not do its part; back off and try again."""


class LoginRefused(MailServerError):
    """The server refused user or password: pause long (10 minutes and more), then try again."""


class CertificateRefused(MailServerError):
    """TLS could not be verified; there is no fallback to plain text."""


class FolderMissing(MailServerError):
    """A configured folder does not exist on the server."""


class StoreError(ZhichiError):
    """The database cannot be used now; the transaction was rolled back as a whole."""


class StoreBusy(StoreError):
    """The database stayed locked past the time limit; repeat the turn."""


class StoreReadOnly(StoreError):
    """The database refuses writes: read-only file or disk full."""


class SchemaMismatch(StoreError):
    """The database's version is not the one this program needs: run `zhichi migrate`."""


class StaleCase(StoreError):
    """Another worker changed the case since it was read: read it again and decide anew."""


class TemplateError(ZhichiError):
    """A template is missing or broken; the message names file and line."""


class UnreadableMail(ZhichiError):
    """A mail could not be turned into values; it goes to quarantine."""
