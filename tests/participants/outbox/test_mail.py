import threading
from email import message_from_bytes, policy

from django.core import mail as django_mail
from django.core.mail import EmailMessage

from participants.outbox import mail


def test_demo_prints_mails_and_keeps_them(settings, tmp_path, capsys):
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND = "participants.outbox.mail.OutboxBackend"

    for number in range(2):
        EmailMessage(f"Code {number}", "Grüße", "portal@localhost", ["person@example.org"]).send()

    kept = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in (tmp_path / "outbox").glob("*.eml")
    ]
    assert sorted(message["Subject"] for message in kept) == ["Code 0", "Code 1"]
    assert {message.get_content().strip() for message in kept} == {"Grüße"}
    assert "Subject: Code 1" in capsys.readouterr().out


def test_mail_that_is_sent_soon_goes_by_another_thread(monkeypatch):
    monkeypatch.undo()  # of the fixture that makes tests send at once
    threads = []
    monkeypatch.setattr(EmailMessage, "send", lambda self: threads.append(threading.current_thread().name))

    mail.send_soon(EmailMessage("Code", "1234", "portal@localhost", ["person@example.org"])).result(
        timeout=10
    )

    assert threads[0].startswith("mail")
    assert django_mail.outbox == []
