from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from participants.models import Mail, RetentionPolicy, ScannedList, TravelReading
from participants.privacy.retention import parts
from tests.makers import at, make_item, make_program, make_release, make_user
from tests.participants.outbox.makers import make_mail
from tests.participants.people.makers import make_participant
from tests.participants.travel.makers import make_travel_record

pytestmark = pytest.mark.django_db


def full_record(program, **fields):
    return make_travel_record(
        make_participant(program),
        passport_number="SENTINEL1",
        passport_expires_on=date(2020, 1, 1),
        arrival_flight="XY 1",
        arrives_at=at(18, "10:00", program.tz),
        departs_at=at(30, "10:00", program.tz),
        emergency_name="Sample Relative",
        emergency_phone="+62 000",
        medical_notes="Sample note",
        **fields,
    )


def run(*arguments):
    out = StringIO()
    call_command("delete_expired", *arguments, stdout=out)
    return out.getvalue()


def local(program, day, clock):
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), program.tz)


def test_passport_goes_first_and_on_the_day_after_its_last(set_clock):
    program = make_program()  # to 30 July; passports are kept 14 days
    record = full_record(program)

    set_clock(local(program, date(2018, 8, 13), "23:59"))
    assert run() == "Nothing is past its time.\n"
    set_clock(local(program, date(2018, 8, 14), "00:01"))
    assert run() == "ikm-2018: passport, 1 deleted\n"

    record.refresh_from_db()
    assert (record.passport_number, record.passport_expires_on) == ("", None)
    assert (record.arrival_flight, record.emergency_name) == ("XY 1", "Sample Relative")


def test_each_part_goes_by_its_own_days(set_clock):
    program = make_program()
    RetentionPolicy.objects.create(
        program=program, passport_days=0, flights_days=1, emergency_days=2, medical_days=400
    )
    record = full_record(program)

    set_clock(local(program, date(2018, 8, 2), "08:00"))
    assert run() == (
        "ikm-2018: passport, 1 deleted\nikm-2018: flights, 1 deleted\nikm-2018: emergency, 1 deleted\n"
    )

    record.refresh_from_db()
    kept = {f.name for f in record._meta.fields if getattr(record, f.name)} - {"id", "participant"}
    assert kept == {"medical_notes"}
    assert run() == "Nothing is past its time.\n"


def test_each_program_goes_by_the_date_where_it_is_held(set_clock):
    """At one moment it is 13 August in Honolulu and 14 August on Kiritimati."""
    for slug, zone in (("west", "Pacific/Honolulu"), ("east", "Pacific/Kiritimati")):
        program = make_program(slug=slug, timezone=zone)  # to 30 July; passports are kept 14 days
        full_record(program)
        RetentionPolicy.objects.create(program=program, scans_days=14)
        ScannedList.objects.create(
            item=make_item(program), file=f"scans/{slug}.pdf", added_at=at(30, "12:00", program.tz)
        )

    set_clock(datetime(2018, 8, 13, 12, tzinfo=UTC))

    assert run() == "east: passport, 1 deleted\neast: scans, 1 deleted\n"
    set_clock(datetime(2018, 8, 14, 9, 59, tzinfo=UTC))
    assert run() == "Nothing is past its time.\n"
    set_clock(datetime(2018, 8, 14, 10, 1, tzinfo=UTC))
    assert run() == "west: passport, 1 deleted\nwest: scans, 1 deleted\n"


def test_dry_run_counts_and_deletes_nothing(set_clock):
    program = make_program()
    record = full_record(program)
    full_record(program)
    set_clock(local(program, date(2018, 8, 20), "08:00"))

    assert run("--dry-run") == "ikm-2018: passport, 2 would be deleted\n"

    record.refresh_from_db()
    assert record.passport_number == "SENTINEL1"


def test_records_of_a_program_that_is_not_over_stay(set_clock):
    over, running = make_program(), make_program(slug="later", ends_on=date(2018, 12, 1))
    full_record(over)
    record = full_record(running)
    set_clock(local(over, date(2018, 9, 15), "08:00"))

    text = run()

    record.refresh_from_db()
    assert "later" not in text
    assert record.passport_number == "SENTINEL1"


def test_the_command_prints_no_names(set_clock):
    program = make_program()
    record = full_record(program)
    set_clock(local(program, date(2019, 1, 1), "08:00"))

    text = run()

    assert text.count("deleted") == 4
    assert record.participant.name not in text
    assert "SENTINEL1" not in text


def test_scans_of_signed_lists_go_with_their_files_on_the_day_after_their_last(
    set_clock, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    program = make_program()
    scan = ScannedList.objects.create(
        item=make_item(program),
        file=SimpleUploadedFile("sheet.pdf", b"%PDF-"),
        added_at=at(24, "18:00", program.tz),
    )

    set_clock(local(program, date(2019, 7, 30), "23:59"))
    assert run() == "Nothing is past its time.\n"
    set_clock(local(program, date(2019, 7, 31), "00:01"))
    assert run("--dry-run") == "ikm-2018: scans, 1 would be deleted\n"
    with django_capture_on_commit_callbacks(execute=True):
        assert run() == "ikm-2018: scans, 1 deleted\n"

    assert not ScannedList.objects.exists()
    assert not scan.file.storage.exists(scan.file.name)


def test_mails_go_on_the_day_after_their_last(set_clock):
    program, later = make_program(), make_program(slug="later", ends_on=date(2018, 12, 1))
    for held in (program, later):
        now = at(24, "10:00", program.tz)
        for whom in ({"participant": make_participant(held)}, {"address": "host@example.org"}):
            make_mail(held, created_at=now, send_after=now, **whom)

    set_clock(local(program, date(2018, 8, 29), "23:59"))
    assert run() == "Nothing is past its time.\n"
    set_clock(local(program, date(2018, 8, 30), "00:01"))
    assert run("--dry-run") == "ikm-2018: mails, 2 would be deleted\n"
    assert run() == "ikm-2018: mails, 2 deleted\n"

    assert set(Mail.objects.values_list("program__slug", flat=True)) == {"later"}


def test_the_page_about_privacy_says_how_long_scans_are_kept(client, set_clock):
    program = make_program()
    RetentionPolicy.objects.create(program=program, scans_days=10)
    make_release(program)

    set_clock(at(20, "09:00", program.tz))
    assert "are kept until Thursday 9 August 2018" in client.get("/ikm-2018/privacy/").content.decode()
    set_clock(at(20, "09:00", program.tz) + timedelta(days=365))
    assert "were kept until Thursday 9 August 2018" in client.get("/ikm-2018/privacy/").content.decode()


def test_readings_stay_for_the_participant_to_see(set_clock):
    program = make_program()
    record = full_record(program)
    TravelReading.objects.create(
        record=record,
        reader=make_user(),
        reader_name="Sample",
        where="record",
        read_at=at(20, "10:00", program.tz),
    )
    set_clock(local(program, date(2019, 1, 1), "08:00"))

    run()

    assert record.readings.count() == 1


def test_parts_say_until_when_first_to_go_first():
    program = make_program()

    assert [(part.name, part.kept_until) for part in parts(program)] == [
        ("passport", date(2018, 8, 13)),
        ("flights", date(2018, 8, 29)),
        ("emergency", date(2018, 8, 29)),
        ("medical", date(2018, 8, 29)),
    ]


def test_no_policy_may_keep_passports_longest():
    policy = RetentionPolicy(program=make_program(), passport_days=31)

    with pytest.raises(ValidationError) as error:
        policy.full_clean()

    assert error.value.messages == ["The passport goes first: no other part may be deleted before it."]
