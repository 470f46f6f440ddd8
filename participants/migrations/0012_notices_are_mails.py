"""Mails about changes, sent ones and those that wait, go on as mails of the outbox; so do the rights to see them."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    Mail = apps.get_model("participants", "Mail")
    Participant = apps.get_model("participants", "Participant")
    its_person = Participant.objects.filter(pk=OuterRef("participant"))
    Mail.objects.update(program=Subquery(its_person.values("program")[:1]))
    Mail.objects.exclude(sent_at=None).update(status="sent")
    for mail in Mail.objects.iterator():
        mail.data = {
            "since": mail.from_release,
            "releases": list(range(mail.from_release + 1, mail.to_release + 1)),
        }
        if mail.sent_at:
            mail.data["as_of"] = mail.to_release
        mail.save(update_fields=["data"])


def back(apps, schema_editor):
    """What an earlier version cannot hold goes: invitations, and what was stopped or is no longer needed."""
    Mail = apps.get_model("participants", "Mail")
    Mail.objects.exclude(kind="changes", status__in=["waiting", "sent"]).delete()
    for mail in Mail.objects.iterator():
        mail.from_release = mail.data["since"]
        mail.to_release = mail.data.get("as_of") or max(mail.data["releases"])
        mail.save(update_fields=["from_release", "to_release"])


def rename_rights(old, new):
    def rename(apps, schema_editor):
        rights = apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label="participants", codename__endswith=f"_{old}"
        )
        for right in rights:
            right.codename = right.codename.removesuffix(old) + new
            right.save(update_fields=["codename"])

    return rename


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("participants", "0011_mail"),
    ]

    operations = [
        migrations.RunPython(fill, back),
        migrations.RunPython(rename_rights("notice", "mail"), rename_rights("mail", "notice")),
    ]
