"""Connecting, logging in and opening folders, against servers that behave like those of mail-in-china.md part B."""

import logging

import pytest

from bot.errors import CertificateRefused, FolderMissing, LoginRefused, MailServerError
from bot.fetch.connection import Mailbox
from tests.fetch.helpers import SECRET, make_settings
from tests.servers.mailhub import MailHub
from tests.servers.scripted import Answer, FakeImap, cut, say, stay_silent


def test_the_bot_says_who_it_is_after_the_login_and_before_any_folder() -> None:
    with FakeImap() as server, Mailbox(make_settings(server.port)) as mailbox:
        mailbox.open("INBOX")
    verbs = [line.partition(b" ")[0] for line in server.commands]
    assert verbs.index(b"LOGIN") < verbs.index(b"ID") < verbs.index(b"EXAMINE")
    identity = next(line for line in server.commands if line.startswith(b"ID"))
    assert identity.startswith(b'ID ("name" "zhichi"')
    assert identity.endswith(b")")  # a blank behind it is answered BAD by Coremail


@pytest.mark.parametrize("answer", [say(b"TAG BAD Request not ending with"), say(b"TAG NO not for you")])
def test_a_refused_id_does_not_matter(answer: Answer) -> None:
    with FakeImap({b"ID": answer}) as server, Mailbox(make_settings(server.port)) as mailbox:
        assert mailbox.open("INBOX").uidvalidity == 7


def test_no_id_is_sent_where_it_is_not_advertised() -> None:
    with FakeImap(capability=b"IMAP4rev1") as server, Mailbox(make_settings(server.port)):
        pass
    assert not [line for line in server.commands if line.startswith(b"ID")]


def test_folders_are_opened_read_only() -> None:
    with FakeImap() as server, Mailbox(make_settings(server.port)) as mailbox:
        mailbox.open("INBOX")
    assert not [line for line in server.commands if line.startswith(b"SELECT")]


def connect_and_open(mailbox: Mailbox) -> None:
    mailbox.connect()
    mailbox.open("INBOX")


@pytest.mark.parametrize(
    ("answers", "kind", "says"),
    [
        pytest.param(
            {b"LOGIN": say(b"TAG NO [AUTHENTICATIONFAILED] wrong")}, LoginRefused, "authorisation code", id="login NO"
        ),
        pytest.param(
            {b"LOGIN": say("TAG BAD 缺少login参数".encode("gbk"))}, LoginRefused, "缺少login参数", id="login BAD in GBK"
        ),
        pytest.param({b"LOGIN": say("TAG NO 登录失败".encode("gbk"))}, LoginRefused, "登录失败", id="login NO in GBK"),
        pytest.param(
            {b"LOGIN": say(b"TAG NO [UNAVAILABLE] try later")}, MailServerError, "try later", id="login not now"
        ),
        pytest.param({b"LOGIN": cut}, MailServerError, "broke off the login", id="cut in the login"),
        pytest.param({b"LOGIN": stay_silent}, MailServerError, "no answer in time", id="silent at the login"),
        pytest.param(
            {b"EXAMINE": say(b"TAG NO EXAMINE Unsafe Login. Please contact kefu@188.com for help")},
            LoginRefused,
            "授权码",
            id="Unsafe Login as NO",
        ),
        pytest.param(
            {b"EXAMINE": say(b"* BYE Unsafe Login. Please contact kefu@188.com for help")},
            LoginRefused,
            "授权码",
            id="Unsafe Login as BYE",
        ),
        pytest.param({b"EXAMINE": say(b"TAG NO [SERVERBUG] oops")}, MailServerError, "refuses to open", id="INBOX NO"),
        pytest.param({b"EXAMINE": cut}, MailServerError, "connection lost", id="cut at EXAMINE"),
        pytest.param(
            {b"EXAMINE": say(b"* BAD command unknown")}, MailServerError, "no answer in time", id="untagged BAD, QQ"
        ),
    ],
)
def test_a_failure_is_told_in_one_line_and_drops_the_connection(
    answers: dict[bytes, Answer], kind: type[Exception], says: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with FakeImap(answers) as server:
        mailbox = Mailbox(make_settings(server.port, read_timeout=0.3))
        with pytest.raises(MailServerError) as caught:
            connect_and_open(mailbox)
        assert not mailbox.is_open
        mailbox.close()
    assert type(caught.value) is kind
    assert says in str(caught.value)
    assert str(caught.value).startswith(f"support at 127.0.0.1:{server.port}: ")
    assert "\n" not in str(caught.value)
    assert SECRET not in str(caught.value) + caplog.text + repr(mailbox)


def test_a_missing_folder_names_those_that_exist_and_leaves_the_line_open() -> None:
    answers = {
        b"EXAMINE": say(b"TAG NO no such mailbox"),
        b"LIST": say(b'* LIST () "/" INBOX', b'* LIST () "/" "&V4NXPpCuTvY-"', b"TAG OK done"),
    }
    with FakeImap(answers) as server, Mailbox(make_settings(server.port)) as mailbox:
        with pytest.raises(FolderMissing, match="INBOX, 垃圾邮件"):
            mailbox.open("没有")
        assert mailbox.is_open


@pytest.mark.parametrize(
    ("capability", "command"),
    [(b"IMAP4rev1 XLIST", b"XLIST"), (b"IMAP4rev1 XLIST SPECIAL-USE", b"LIST"), (b"IMAP4rev1", b"LIST")],
)
def test_xlist_is_used_only_where_it_alone_tells_the_junk(capability: bytes, command: bytes) -> None:
    rows = [
        b'* %s (\\HasNoChildren) "/" INBOX' % command,
        b'* %s (\\Spam \\HasNoChildren) "/" "&i6KWBZCuTvY-"' % command,
        b'* %s (\\NoSelect) "/" Junk' % command,
    ]
    with (
        FakeImap({command: say(*rows, b"TAG OK done")}, capability=capability) as server,
        Mailbox(make_settings(server.port)) as mailbox,
    ):
        assert mailbox.choose_folders() == ("INBOX", "订阅邮件")


def test_configured_folders_are_taken_as_they_are() -> None:
    with FakeImap() as server, Mailbox(make_settings(server.port, folders=("支持",))) as mailbox:
        assert mailbox.choose_folders() == ("支持",)


def test_nobody_listening_is_told() -> None:
    with FakeImap() as server:
        port = server.port
    with pytest.raises(MailServerError, match="connection refused; check host and port"):
        Mailbox(make_settings(port)).connect()


def test_a_server_that_never_greets_is_given_up() -> None:
    with FakeImap(greeting=None) as server:
        mailbox = Mailbox(make_settings(server.port, connect_timeout=0.3, read_timeout=0.3))
        with pytest.raises(MailServerError, match="no answer in time"):
            mailbox.connect()


def test_starttls_is_never_skipped() -> None:
    with FakeImap() as server:
        mailbox = Mailbox(make_settings(server.port, tls="starttls"))
        with pytest.raises(MailServerError, match="offers no STARTTLS"):
            mailbox.connect()
    assert not [line for line in server.commands if line.startswith(b"LOGIN")]


def test_a_method_without_a_connection_is_refused() -> None:
    with pytest.raises(MailServerError, match="not connected"):
        Mailbox(make_settings(1)).open("INBOX")


def test_moving_is_refused_while_the_settings_say_read_only() -> None:
    with FakeImap() as server, Mailbox(make_settings(server.port)) as mailbox:
        mailbox.open("INBOX")
        with pytest.raises(ValueError, match="read-only"):
            mailbox.move([1], "已归档")
        with pytest.raises(ValueError, match="read-only"):
            mailbox.append_sent(b"x")


def test_without_move_and_uidplus_nothing_is_expunged() -> None:
    with (
        FakeImap(mails={1: b"x"}, capability=b"IMAP4rev1") as server,
        Mailbox(make_settings(server.port, read_only=False)) as mailbox,
    ):
        mailbox.open("INBOX")
        mailbox.move([1], "INBOX")
    sent = b"\n".join(server.commands)
    assert b"UID COPY 1 " in sent
    assert b"UID STORE 1 +FLAGS.SILENT (\\Deleted)" in sent
    assert b"EXPUNGE" not in sent


@pytest.mark.servers
@pytest.mark.parametrize(
    ("tls", "port_name"), [("implicit", "tls_port"), ("starttls", "imap_port"), ("none", "imap_port")]
)
def test_dovecot_with_each_kind_of_tls(mailhub: MailHub, tls: str, port_name: str) -> None:
    user = mailhub.add_user("bot@demo.local")
    settings = make_settings(
        getattr(mailhub, port_name), user=user, password=mailhub.password, tls=tls, ca_file=mailhub.ca_file
    )
    with Mailbox(settings) as mailbox:
        assert mailbox.open("INBOX").exists == 0
        assert set(mailbox.choose_folders()) == {"INBOX", "垃圾邮件"}


@pytest.mark.servers
@pytest.mark.parametrize(("tls", "port_name"), [("implicit", "tls_port"), ("starttls", "imap_port")])
def test_a_certificate_nobody_vouches_for_is_refused(mailhub: MailHub, tls: str, port_name: str) -> None:
    mailbox = Mailbox(make_settings(getattr(mailhub, port_name), tls=tls))
    with pytest.raises(CertificateRefused, match="ca_file"):
        mailbox.connect()


@pytest.mark.servers
def test_plain_text_on_the_tls_port_is_told(mailhub: MailHub) -> None:
    with pytest.raises(MailServerError):
        Mailbox(make_settings(mailhub.tls_port, connect_timeout=1)).connect()
    with pytest.raises(MailServerError, match="check port and tls"):
        Mailbox(make_settings(mailhub.imap_port, tls="implicit", ca_file=mailhub.ca_file)).connect()


@pytest.mark.servers
def test_moved_and_sent_mails_are_where_they_belong(mailhub: MailHub) -> None:
    user = mailhub.add_user("bot@demo.local")
    for number in range(3):
        mailhub.append(user, b"Subject: %d\r\n\r\nx\r\n" % number)
    settings = make_settings(mailhub.imap_port, user=user, password=mailhub.password, read_only=False)
    with Mailbox(settings) as mailbox:
        mailbox.open("INBOX")
        uids = mailbox.client.search()
        mailbox.move(uids[:2], "已处理")
        assert mailbox.append_sent(b"Subject: copy\r\n\r\nx\r\n") == "已发送"
    assert mailhub.inbox(user) == [b"Subject: 2\r\n\r\nx\r\n"]
    assert mailhub.inbox(user, "已处理") == [b"Subject: 0\r\n\r\nx\r\n", b"Subject: 1\r\n\r\nx\r\n"]
    assert mailhub.inbox(user, "已发送") == [b"Subject: copy\r\n\r\nx\r\n"]


@pytest.mark.servers
def test_a_folder_that_dovecot_lacks_is_missing(mailhub: MailHub) -> None:
    user = mailhub.add_user("bot@demo.local")
    settings = make_settings(mailhub.imap_port, user=user, password=mailhub.password)
    with Mailbox(settings) as mailbox, pytest.raises(FolderMissing, match="no folder 没有"):
        mailbox.open("没有")
