"""All that the portal keeps about one person in one program, for that person to read and to download."""

import json
import zipfile
from io import BytesIO

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder

from participants.models import Participant, TravelRecord
from participants.people import photos
from program import clock

FORMAT = "my-data/3"
# Numbers of rows and keys of files: they say nothing about the person.
LEFT_OUT = frozenset({"id", "user", "photo", "participant"})


def zipped(participant):
    """The bytes of a ZIP file: my-data.json, and beside it the photo and the documents that it names."""
    files = {}
    data = everything(participant, files)
    text = json.dumps(data, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("my-data.json", text)
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def everything(participant, files):
    """What is kept about ``participant`` as plain data that JSON can hold; moments in UTC.

    The photo and the documents are put into ``files``, {name: bytes}; the data says their names.
    """
    record = TravelRecord.objects.filter(participant=participant).first()
    return {
        "format": FORMAT,
        "made_at": clock.now(),
        "program": {"address": participant.program.slug, "title": participant.program.title},
        "participant": _fields(participant),
        "photo": _photo(participant, files),
        "travel_record": _fields(record) if record else None,
        "readings_of_the_travel_record": [
            {"by": reading.reader_name, "at": reading.read_at, "where": reading.get_where_display()}
            for reading in (record.readings.all() if record else ())
        ],
        "mails": [_fields(mail) for mail in participant.mails.select_related("program", "by")],
        "attendance": [_fields(a) for a in participant.attendance.select_related("item", "marked_by")],
        "entries_of_signed_lists": [
            _fields(entry) for entry in participant.signed_list_entries.select_related("item", "entered_by")
        ],
        "badges": [{"issued_at": b.issued_at, "revoked_at": b.revoked_at} for b in participant.badges.all()],
        "certificates": [_certificate(c, files) for c in participant.certificates.all()],
        "changes_of_the_participant": history(participant),
        "account": account(participant.user),
        "teams": _teams(participant.user),
    }


def _fields(thing):
    """The fields of a row by name, related rows by their own name."""
    return {
        field.name: str(getattr(thing, field.name) or "")
        if field.is_relation
        else field.value_from_object(thing)
        for field in thing._meta.concrete_fields
        if field.name not in LEFT_OUT
    }


def _photo(participant, files):
    if not participant.photo:
        return None
    try:
        with default_storage.open(photos.path(participant.photo, photos.SIZES[-1])) as file:
            files["photo.webp"] = file.read()
    except FileNotFoundError:  # the rest is still theirs
        return {"missing": "The file of this photo is missing."}
    return {"type": "image/webp", "file": "photo.webp"}


def _certificate(certificate, files):
    """As it was issued: what it says, and the document itself."""
    kept = ("number", "code", "reason", "issued_at", "reissued_at", "revoked_at", "revoked_reason", "data")
    document = {"type": "application/pdf", "file": f"certificate-{certificate.code}.pdf"}
    files[document["file"]] = bytes(certificate.pdf)
    return {name: getattr(certificate, name) for name in kept} | {"document": document}


def history(participant):
    """Who changed what and when, the oldest first: {field: [old, new]}, but for keys and the photo."""
    rows = list(Participant.history.filter(id=participant.pk).select_related("history_user").order_by("pk"))
    changes = []
    for before, after in zip([None, *rows], rows, strict=False):
        changed = after.diff_against(before, foreign_keys_are_objs=True).changes if before else []
        changes.append(
            {
                "at": after.history_date,
                "by": str(after.history_user or ""),
                "was_made": before is None,
                "changed": {
                    c.field: [str(value or "") for value in (c.old, c.new)]
                    for c in changed
                    if c.field not in LEFT_OUT
                },
            }
        )
    return changes


def _teams(user):
    """The programs on which the person works too, in which role, and who added them when."""
    rows = user.memberships.select_related("program", "created_by")
    return [_fields(row) | {"program": row.program.title} for row in rows]


def account(user):
    return {
        "username": user.username,
        "email_addresses": list(EmailAddress.objects.filter(user=user).values_list("email", flat=True)),
        "made_at": user.date_joined,
        "last_sign_in_at": user.last_login,
        "signed_in_on": list(
            UserSession.objects.filter(user=user).values("created_at", "last_seen_at", "ip", "user_agent")
        ),
        "second_factors": list(
            Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
        ),
    }
