"""The line breaks while both sides say goodbye: the work is done, and nobody waits for a dead server."""

import time
from pathlib import Path

import pytest

from bot.rules.words import Stage
from tests.servers.mailhub import MailHub
from tests.servers.wire import Fault, Wire, name_imap, name_smtp
from tests.whole.office import DIRECTOR, SALES, Office

pytestmark = pytest.mark.servers

FAREWELL = 0.3


@pytest.mark.parametrize("fault", [Fault.UNHEARD, Fault.UNANSWERED, Fault.GARBAGE, Fault.SILENT])
def test_a_broken_goodbye_costs_nothing(
    mailhub: MailHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr("bot.fetch.connection._FAREWELL", FAREWELL)
    monkeypatch.setattr("bot.transmit.smtp._FAREWELL", FAREWELL)
    with Wire(mailhub.imap_port, name_imap) as imap, Wire(mailhub.submission_port, name_smtp) as smtp:
        office = Office(mailhub, tmp_path)
        office.edit(f"port = {mailhub.imap_port}", f"port = {imap.port}")
        office.edit(f"port = {mailhub.smtp_port}", f"port = {smtp.port}")
        office.write(SALES, "09-17 10:00", "请安排", subject="技术支持申请--欧莱雅--CITRIX安装--ZGH--0917")
        imap.break_at("LOGOUT", fault, 1)
        smtp.break_at("QUIT", fault, 1)
        began = time.monotonic()
        assert office.turn("09-17 10:05").faults == []
        assert time.monotonic() - began < 20, "the read time-out of 20 seconds was not waited for"
        assert (imap.struck, smtp.struck) == (1, 1)
        office.turn("09-17 10:10")
        assert office.case().stage is Stage.AWAITING_APPROVAL
        assert len(office.inbox(DIRECTOR)) == 1
        office.close()
