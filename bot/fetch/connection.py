"""One account's IMAP connection, owned by one thread: login as Chinese hosts want it, folders, EXAMINE."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from imapclient import IMAPClient

from bot.errors import FolderMissing, MailServerError
from bot.fetch.client import Client, dial
from bot.fetch.faults import is_unsafe_login, judge_login_error, mail_server_faults, read_error, refuse_unsafe_login
from bot.fetch.folders import Folder, choose_folders, find_sent_folder
from bot.fetch.settings import ImapSettings
from bot.rules.hiding import hide_password

log = logging.getLogger(__name__)

# RFC 2971; NetEase refuses every folder to a client that does not say who it is (mail-in-china.md B2). ASCII only.
_IDENTITY = {"name": "zhichi", "version": "1.0", "vendor": "zhichi", "support-email": "postmaster@localhost"}
_MOVE_BATCH = 100  # one MOVE per mail costs by folder size; a hundred at once is a hundred times cheaper

_FAREWELL = 3.0  # seconds a server may take to say goodbye


@dataclass(frozen=True, slots=True)
class OpenedFolder:
    """What EXAMINE said. `uidnext` is 0 when the server does not tell it."""

    name: str
    uidvalidity: int
    uidnext: int
    exists: int


class Mailbox:
    """A connection to one account: `with Mailbox(settings) as mailbox: ...`. Never share one between threads.

    Every method may raise MailServerError or a kind of it; the connection is then closed, and `connect()` opens it
    anew. FolderMissing alone leaves it open.
    """

    def __init__(self, settings: ImapSettings) -> None:
        self.settings = settings
        self.place = f"{settings.account} at {settings.host}:{settings.port}"
        self.opened: OpenedFolder | None = None
        self._client: Client | None = None

    def __repr__(self) -> str:
        return f"<Mailbox {self.place} {'open' if self.is_open else 'closed'}>"

    def __enter__(self) -> Self:
        self.connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, as far as known."""
        return self._client is not None

    @property
    def client(self) -> Client:
        """The imapclient underneath; MailServerError when not connected."""
        if self._client is None:
            raise MailServerError(f"{self.place}: not connected; connect() first")
        return self._client

    def connect(self) -> None:
        """Dial, log in, say who we are. Does nothing when already open.

        Raises LoginRefused, CertificateRefused or MailServerError.
        """
        if self._client is not None:
            return
        with mail_server_faults(self.place):
            client = dial(self.settings)
        try:
            with mail_server_faults(self.place):
                self._log_in(client)
        except BaseException:
            _hang_up(client)
            raise
        self._client = client

    def close(self) -> None:
        """Log out, or just drop the line; never raises."""
        client, self._client, self.opened = self._client, None, None
        if client is not None:
            with suppress(Exception):
                client.socket().settimeout(_FAREWELL)
                client.logout()
            _hang_up(client)

    def drop(self) -> None:
        """Cut the line without a word: after a failure the protocol's state is unknown."""
        client, self._client, self.opened = self._client, None, None
        if client is not None:
            _hang_up(client)

    @contextmanager
    def talking(self) -> Iterator[Client]:
        """The client for one exchange; any failure inside drops the connection and comes out as MailServerError."""
        client = self.client
        try:
            with mail_server_faults(self.place):
                yield client
        except BaseException:
            self.drop()
            raise

    def has(self, capability: str) -> bool:
        """Whether the server advertises `capability`."""
        with self.talking() as client:
            return bool(client.has_capability(capability))

    def list_folders(self) -> tuple[Folder, ...]:
        """All folders that can hold mail; XLIST where it alone tells which is the junk (mail-in-china.md B7)."""
        with self.talking() as client:
            xlist = client.has_capability("XLIST") and not client.has_capability("SPECIAL-USE")
            rows = client.xlist_folders() if xlist else client.list_folders()
            folders = (_read_folder(*row) for row in rows)
            return tuple(folder for folder in folders if "\\noselect" not in folder.flags)

    def choose_folders(self) -> tuple[str, ...]:
        """The folders to read: the configured ones, else INBOX and every junk folder."""
        return self.settings.folders or choose_folders(self.list_folders())

    def open(self, folder: str, *, writable: bool = False) -> OpenedFolder:
        """EXAMINE `folder` (SELECT when `writable`), also to refresh the view of one already open.

        Raises FolderMissing, LoginRefused for NetEase's "Unsafe Login", or MailServerError.
        """
        refusal = ""
        with self.talking() as client:
            try:
                answer = client.select_folder(folder, readonly=not writable)
            except client.AbortError:
                raise
            except client.Error as error:
                refusal = read_error(error)
            else:
                numbers = [int(answer.get(key, 0)) for key in (b"UIDVALIDITY", b"UIDNEXT", b"EXISTS")]
                if not (
                    numbers[0] or writable
                ):  # an answer cut short: without it no UID means anything (RFC 3501, 2.3.1.1)
                    raise MailServerError(f"{self.place}: the server told no UIDVALIDITY of {folder}; reconnecting")
                self.opened = OpenedFolder(folder, *numbers)
                client.took_news(self.opened.exists)  # only what comes from here on is news
                return self.opened
        self.opened = None
        raise self._judge_refused_folder(folder, refusal)

    def _judge_refused_folder(self, folder: str, refusal: str) -> MailServerError:
        if is_unsafe_login(refusal):
            self.drop()
            return refuse_unsafe_login(self.place, refusal)
        names = [known.name for known in self.list_folders()]
        if folder in names:
            self.drop()
            return MailServerError(
                f"{self.place}: the server refuses to open {folder}: {refusal}; it will be tried again"
            )
        return FolderMissing(f"{self.place}: no folder {folder}: {refusal}; the account has: {', '.join(names)}")

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move mails of the open folder to `folder`, made when absent; by UID, in batches.

        Without MOVE: copy, flag \\Deleted, and expunge exactly those (UIDPLUS), or leave them flagged. ValueError when
        the settings say read-only.
        """
        if self.settings.read_only:
            raise ValueError(f"{self.place} is read-only (imap.read_only): nothing is moved")
        if self.opened is None:
            raise ValueError(f"{self.place}: no folder is open")
        self.open(self.opened.name, writable=True)
        with self.talking() as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            for start in range(0, len(uids), _MOVE_BATCH):
                _move_batch(client, list(uids[start : start + _MOVE_BATCH]), folder)

    def append_sent(self, raw: bytes, folder: str = "") -> str:
        """Lay a copy of a sent mail into `folder` or the account's own sent folder; returns the folder's name.

        FolderMissing when there is none. ValueError when the settings say read-only.
        """
        if self.settings.read_only:
            raise ValueError(f"{self.place} is read-only (imap.read_only): nothing is stored")
        target = folder or find_sent_folder(self.list_folders())
        if not target:
            raise FolderMissing(f"{self.place}: no folder for sent mail is known; name it in the configuration")
        with self.talking() as client:
            client.append(target, raw, flags=(b"\\Seen",))
        return target

    def _log_in(self, client: Client) -> None:
        try:
            client.login(self.settings.user, self.settings.password)
        except IMAPClient.Error as error:
            judged = judge_login_error(self.place, error)  # the error itself, and the server, may show the command
            raise type(judged)(hide_password(str(judged), self.settings.user, self.settings.password)) from None
        if client.has_capability("ID"):
            try:
                client.id_(_IDENTITY)
            except IMAPClient.AbortError:
                raise
            except IMAPClient.Error as error:
                log.info("%s: IMAP ID was refused: %s", self.place, read_error(error))


def _move_batch(client: Client, uids: list[int], folder: str) -> None:
    if client.has_capability("MOVE"):
        client.move(uids, folder)
        return
    client.copy(uids, folder)
    client.add_flags(uids, [b"\\Deleted"], silent=True)
    if client.has_capability("UIDPLUS"):  # a plain EXPUNGE would also remove what others flagged
        client.uid_expunge(uids)


def _read_folder(flags: Sequence[bytes], delimiter: bytes | None, name: Any) -> Folder:
    return Folder(
        str(name), frozenset(f.decode("ascii", "replace").lower() for f in flags), (delimiter or b"").decode()
    )


def _hang_up(client: Client) -> None:
    with suppress(Exception):
        client.shutdown()
