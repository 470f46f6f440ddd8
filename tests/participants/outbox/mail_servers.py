"""Mail servers that do not do what one hopes."""

from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.locmem import EmailBackend


class RefusesGone(EmailBackend):
    """Takes every mail but those to gone@example.org."""

    def send_messages(self, messages):
        for message in messages:
            if message.to == ["gone@example.org"]:
                raise SMTPRecipientsRefused({"gone@example.org": (550, b"No such user")})
        return super().send_messages(messages)


class Down(EmailBackend):
    def open(self):
        raise ConnectionRefusedError("sample@example.org is not reached")

    def send_messages(self, messages):
        self.open()
