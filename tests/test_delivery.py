"""The digest as a mail: whole, once, to everybody; the notice when it is held; a run that ends in between."""

from __future__ import annotations

import email
import json
import shutil
import socket
from datetime import UTC, date, datetime, timedelta
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from pipeline import steps
from pipeline.digests.delivery import deliver, due_day
from pipeline.digests.mail import for_mail, header
from pipeline.edges.mailing import from_address
from pipeline.edges.outbox import NotAccepted, Outbox
from pipeline.edges.partitions import Partitions
from pipeline.errors import ConfigurationError
from pipeline.model import DocumentRecord, QualityResult
from pipeline.settings import settings
from tests import morning

NOW = datetime(2022, 3, 11, 7, 45, tzinfo=UTC)


class Postbox:
    """A mail server that keeps what it takes; `answer` is what it says to the mail."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.readers: list[str] = []
        self.answer = "250 taken"

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.mails.append(envelope.original_content)
            self.readers += envelope.rcpt_tos
        return self.answer


@pytest.fixture
def postbox():
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=20)
    controller.start()
    box.address = f"smtp://127.0.0.1:{port}"
    yield box
    controller.stop()


@pytest.fixture
def folder(a_morning, tmp_path):
    shutil.copytree(a_morning, tmp_path / "data")
    shutil.copytree(a_morning.parent / "seed-data", tmp_path / "seed-data")
    return tmp_path / "data"


def two_readers(postbox):
    return {"recipients": '["desk@example.org", "Minister <minister@example.org>"]', "smtp": postbox.address}


def test_every_reader_gets_the_whole_digest_once_however_often_the_step_runs(folder, postbox):
    with morning.data_folder(folder, **two_readers(postbox)):
        for _ in range(2):
            steps.deliver_digest("digests/any", now=NOW)
    assert sorted(postbox.readers) == ["desk@example.org", "minister@example.org"]
    mail = email.message_from_bytes(postbox.mails[0], policy=default)
    assert mail["Subject"] == "Home Office coverage: Thursday 10 March 2022"
    text = mail.get_body(("plain",)).get_content()
    page = mail.get_body(("html",)).get_content()
    for words in ("£45 million for neighbourhood policing hubs in 60 towns", "Donald Akerman", "480 officers"):
        assert words in " ".join(text.split())
        assert words in page
    assert max(len(line) for line in text.splitlines()) <= 78
    assert "Items of coverage      2      1" in text.splitlines()
    assert "- Police hubs for 60 towns: what we know: outlet, not in its text; configured" in text.splitlines()
    assert "<script" not in page
    assert "var(--" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_an_airflow_connection_carries_the_whole_mail_once(folder, postbox, tmp_path, monkeypatch):
    port = postbox.address.rpartition(":")[2]
    options = "disable_ssl=true&disable_tls=true&from_email=press%40example.org"
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path / "airflow"))  # nothing is written into anybody's own
    monkeypatch.setenv("AIRFLOW_CONN_PRESS_MAIL", f"smtp://127.0.0.1:{port}/?{options}")
    with morning.data_folder(folder, recipients='["desk@example.org"]', smtp_connection="press_mail"):
        for _ in range(2):
            steps.deliver_digest("digests/any", now=NOW)
    assert postbox.readers == ["desk@example.org"]
    mail = email.message_from_bytes(postbox.mails[0], policy=default)
    assert mail["From"] == "press@example.org"
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png"]
    assert mail.get_body(("plain",)).get_content().splitlines()[0] == "HOME OFFICE COVERAGE: THURSDAY 10 MARCH 2022"
    assert mail.get_body(("html",)).get_content().rstrip().endswith("</html>")


def test_an_airflow_connection_without_a_host_is_refused_by_its_name(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path / "airflow"))
    monkeypatch.setenv("AIRFLOW_CONN_PRESS_MAIL", "smtp://")
    with (
        morning.data_folder(folder, recipients='["desk@example.org"]', smtp_connection="press_mail"),
        pytest.raises(ConfigurationError, match="connection press_mail names no host"),
    ):
        deliver(settings(), now=NOW)


def test_the_chart_is_attached_and_the_page_shows_it(folder, postbox):
    with morning.data_folder(folder, **two_readers(postbox)):
        steps.deliver_digest("digests/any", now=NOW)
    mail = email.message_from_bytes(postbox.mails[0], policy=default)
    page = mail.get_body(("html",)).get_content()
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert len(pictures) == 1
    assert pictures[0]["Content-Disposition"].startswith("inline")
    assert f'src="cid:{pictures[0]["Content-ID"].strip("<>")}"' in page
    assert pictures[0].get_content().startswith(b"\x89PNG")


def test_the_same_mail_is_the_same_bytes(folder):
    with morning.data_folder(folder):
        (first,) = deliver(settings(), now=NOW)
        content = first.path.read_bytes()
        shutil.rmtree(folder / "outbox")
        (second,) = deliver(settings(), now=NOW)
    assert second.path.read_bytes() == content


def test_without_a_mail_server_the_mail_is_a_file(folder):
    with morning.data_folder(folder, recipients='["desk@example.org"]'):
        assert [one.outcome for one in deliver(settings(), now=NOW)] == ["written"]
        (posted,) = deliver(settings(), now=NOW)
    assert posted.outcome == "written before"
    assert email.message_from_bytes(posted.path.read_bytes(), policy=default)["To"] == "desk@example.org"


def test_a_mail_that_the_server_refuses_is_posted_again_by_the_next_run(folder, postbox):
    with morning.data_folder(folder, recipients='["desk@example.org"]', smtp=postbox.address):
        postbox.answer = "451 later"
        with pytest.raises(NotAccepted, match="refuses"):
            deliver(settings(), now=NOW)
        postbox.answer = "250 taken"
        assert [one.outcome for one in deliver(settings(), now=NOW)] == ["sent"]
    assert len(postbox.mails) == 1


def test_a_mail_in_doubt_is_not_sent_again_unless_somebody_says_so(folder, postbox):
    with morning.data_folder(folder, recipients='["desk@example.org"]', smtp=postbox.address):
        (sent,) = deliver(settings(), now=NOW)
        state = json.loads(sent.path.with_suffix(".json").read_text()) | {"state": "sending"}
        sent.path.with_suffix(".json").write_text(json.dumps(state))  # as a run leaves it that ends while it sends
        assert [one.outcome for one in deliver(settings(), now=NOW)] == ["not known"]
        assert len(postbox.mails) == 1
        assert [one.outcome for one in deliver(settings(), now=NOW, again=True)] == ["sent"]
    ids = {email.message_from_bytes(mail, policy=default)["Message-ID"] for mail in postbox.mails}
    assert len(postbox.mails) == 2
    assert len(ids) == 1


def test_an_error_while_a_mail_is_sent_leaves_it_in_doubt(tmp_path):
    def breaks_off(message):
        raise ConnectionResetError("in the midst of it")

    message = email.message_from_string("Message-ID: <x@y>\n\nA bridge.", policy=default)
    box = Outbox(tmp_path)
    with pytest.raises(ConnectionResetError):
        box.post(message, name="one", recipient="a@example.org", at=NOW, send=breaks_off)
    assert box.post(message, name="one", recipient="a@example.org", at=NOW, send=breaks_off).outcome == "not known"


def held(folder, batch):
    stop = QualityResult(
        batch=batch,
        dataset="articles",
        rule="volume",
        level="dataset",
        severity="stop",
        outcome="missed",
        passed=False,
        observed="0",
        expected="1",
        value=0.0,
        failed_count=0,
        row_count=0,
        description="At least one article came.",
        hint="Look at the feeds.",
    )
    partitions = Partitions(folder / "partitions")
    partitions.replace(f"quality_results/{batch}", QualityResult, [stop])
    partitions.replace(f"holds/{batch}", QualityResult, [stop])
    partitions.replace(f"documents/{batch}", DocumentRecord, [])


def test_a_held_batch_sends_its_notice_once_and_no_digest(folder, postbox):
    held(folder, "documents-held")
    with morning.data_folder(folder, recipients='["desk@example.org"]', smtp=postbox.address):
        for _ in range(2):
            steps.notify_held("quality/documents-held", now=NOW)
    (mail,) = (email.message_from_bytes(one, policy=default) for one in postbox.mails)
    assert mail["Subject"] == "Home Office coverage: held"
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "At least one article came. Found: 0" in text
    assert "that of Thursday 10 March 2022. It is not sent again." in text
    assert "policing hubs" not in text


def test_whoever_answers_for_the_data_gets_the_report_of_a_held_batch_once(folder, postbox):
    held(folder, "documents-held")
    others = {"data_recipients": '["data@example.org"]', "smtp": postbox.address}
    with morning.data_folder(folder, **others):
        for _ in range(2):
            steps.report_quality("quality/documents-held", now=NOW)
    (mail,) = (email.message_from_bytes(one, policy=default) for one in postbox.mails)
    assert mail["Subject"].startswith("Press data: publication held")
    assert "At least one article came." in mail.get_body(("plain",)).get_content()
    assert "Look at the feeds." in mail.get_body(("html",)).get_content()


def test_on_schedule_a_held_day_sends_its_notice_and_never_the_digest_of_the_day_before(folder, postbox):
    held(folder, "documents-held")
    with morning.data_folder(folder, recipients='["desk@example.org"]', smtp=postbox.address, scheduled="true"):
        deliver(settings(), now=NOW + timedelta(days=1))
    assert [email.message_from_bytes(one, policy=default)["Subject"] for one in postbox.mails] == [
        "Home Office coverage: held"
    ]


def test_on_schedule_a_quiet_day_says_so(folder, postbox):
    with morning.data_folder(folder, recipients='["desk@example.org"]', smtp=postbox.address, scheduled="true"):
        deliver(settings(), now=NOW + timedelta(days=1))
    (mail,) = (email.message_from_bytes(one, policy=default) for one in postbox.mails)
    assert "No coverage of the Home Office in the sources held." in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-07-02T06:29:00+00:00", date(2026, 6, 30)),  # 07:29 in London
        ("2026-07-02T06:30:00+00:00", date(2026, 7, 1)),
        ("2026-01-02T07:30:00+00:00", date(2026, 1, 1)),
    ],
)
def test_the_digest_of_a_day_is_due_at_half_past_seven_of_the_next(now, day, here):
    assert due_day(datetime.fromisoformat(now), here) == day


def test_a_header_holds_no_line_break_however_it_is_hidden():
    assert "\n" not in header("Bridge\r\nBcc: a@example.org =?utf-8?q?x=0D=0ABcc:_b?= ==??utf-8")
    assert "=?" not in header("a ==?? =?= ??")


@pytest.mark.parametrize("address", ["ftp://host", "smtp://", "smtp://host:port", "smtp://host?tsl=1"])
def test_a_wrong_server_address_is_refused_without_repeating_it(address):
    with pytest.raises(ConfigurationError) as refused:
        from_address(address.replace("://", "://user:secret@"))
    assert "secret" not in str(refused.value)


def test_inlined_styles_keep_their_rules_for_phones_and_print():
    page = for_mail(
        "<html><head><style>:root { --ink: #123; }\np { color: var(--ink); }\n@media print { p { margin: 0 } }</style>"
        "</head><body><p>A bridge.</p></body></html>"
    )
    assert 'style="color: #123;"' in page
    # what stands in an attribute wins over a rule that is not important
    assert "@media print { p { margin: 0 !important } }" in page
