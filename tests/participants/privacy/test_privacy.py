from datetime import date, datetime
from io import BytesIO

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from PIL import Image

from participants import forgetting
from participants.accounts.admin_log import ERASED_NAME
from participants.me import calendars
from participants.models import Badge, Participant, TravelReading, TravelRecord
from participants.papers import badges
from participants.people.photos import save_photo, squares
from participants.privacy.erasing import erase, may_be_erased
from tests.makers import at, make_group, make_organizer, make_program, make_release, make_user
from tests.participants.certificates.makers import make_certificate
from tests.participants.outbox.makers import make_mail
from tests.participants.people.makers import make_participant
from tests.participants.travel.makers import make_travel_record

pytestmark = pytest.mark.django_db
AFTER = date(2018, 7, 31)


@pytest.fixture
def after_the_program(set_clock):
    set_clock(datetime(2018, 7, 31, 3, 0, tzinfo=make_program(slug="clock", published=False).tz))


def everything_in_the_database():
    """All that stands in any table, as one text."""
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            texts.extend(str(value) for row in cursor.fetchall() for value in row)
    return "\n".join(texts)


def files_in(folder):
    return [path.name for path in folder.rglob("*") if path.is_file()]


def a_whole_person(program, **fields):
    """A participant of whom the portal knows everything it can know; every text holds SENTINEL."""
    person = make_participant(
        program,
        user=True,
        email="sentinel@example.org",
        name="SENTINEL Name",
        preferred_name="SENTINEL",
        own_script_name="SENTINEL အောင်",
        institution="SENTINEL Institution",
        position="SENTINEL Position",
        phone="SENTINEL 1",
        bio="SENTINEL bio",
        diet=Participant.Diet.VEGAN,
        diet_note="SENTINEL nuts",
        room="SENTINEL 1",
        shown_in_directory=True,
        contact_shown=True,
        group=make_group(program, "A"),
        **fields,
    )
    person.user.first_name = "SENTINEL"
    person.user.save()
    record = make_travel_record(
        person, passport_number="SENTINEL", medical_notes="SENTINEL", arrival_flight="SENTINEL"
    )
    TravelReading.objects.note([record], make_organizer(first_name="Sample", last_name="Organizer"), "record")
    make_mail(
        program,
        participant=person,
        address="SENTINEL@example.org",
        subject="SENTINEL",
        created_at=at(20, "10:00", program.tz),
        send_after=at(20, "10:10", program.tz),
        error="SENTINEL refused",
        text="Dear SENTINEL",
        portal="https://portal.example.org",
    )
    certificate = make_certificate(person, reason="SENTINEL was ill", revoked_reason="SENTINEL lied")
    badges.issue([person])
    person.name = "SENTINEL Corrected"
    person.save()
    for thing in (person, person.user, person.user.emailaddress_set.get(), certificate):
        LogEntry.objects.create(
            user=make_organizer(),
            content_type=ContentType.objects.get_for_model(thing),
            object_id=str(thing.pk),
            object_repr=str(thing),
            action_flag=CHANGE,
            change_message="SENTINEL",
        )
    return person


def with_photo(person, capture):
    picture = BytesIO()
    Image.new("RGB", (300, 300), "teal").save(picture, "PNG")
    picture.size = picture.tell()
    with capture(execute=True):
        save_photo(person, squares(picture))
    return person


def test_nothing_of_an_erased_person_is_left_anywhere(
    client, settings, tmp_path, after_the_program, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    person = with_photo(a_whole_person(make_program()), django_capture_on_commit_callbacks)
    user_pk, photo = person.user_id, person.photo
    client.force_login(person.user)
    asking, bystander = Client(), Client()
    bystander.force_login(make_user())
    asking.post("/account/login/", {"login": person.email})
    before = everything_in_the_database()
    assert before.upper().count("SENTINEL") > 15
    assert files_in(tmp_path)

    assert "sentinel" in str([session.get_decoded() for session in Session.objects.all()])

    with django_capture_on_commit_callbacks(execute=True):
        erase(person)

    left = everything_in_the_database()
    assert "SENTINEL" not in left.upper()
    assert photo not in left
    assert files_in(tmp_path) == []
    assert not Session.objects.exclude(pk=bystander.session.session_key).exists()
    assert Session.objects.filter(pk=bystander.session.session_key).exists()
    assert not UserSession.objects.exists()
    assert not Badge.objects.exists()
    assert not EmailAddress.objects.filter(user_id=user_pk).exists()
    assert not TravelReading.objects.exists()


@pytest.fixture
def ways(monkeypatch):
    """The functions that forget somebody: what a test adds is gone after it."""
    monkeypatch.setattr(forgetting, "_ways", [*forgetting._ways])
    return forgetting._ways


def test_a_part_that_registers_is_asked_while_the_person_is_still_whole(after_the_program, ways):
    person = make_participant(make_program(), name="Sample Person")
    told = []
    forgetting.register(lambda participant: told.append((participant, participant.name)))

    erase(person)

    assert told == [(person, "Sample Person")]


def test_a_part_that_registers_twice_is_asked_once(ways):
    before = len(ways)

    for _time in range(2):
        forgetting.register(badges.forget)

    assert len(ways) == before


def test_nothing_is_forgotten_when_one_part_fails(after_the_program, ways):
    record = make_travel_record(make_participant(make_program(), name="Sample Person"))
    forgetting.register(lambda participant: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        erase(record.participant)

    assert Participant.objects.get().name == "Sample Person"
    assert TravelRecord.objects.exists()


def test_the_address_of_an_erased_persons_calendar_is_void(after_the_program):
    program = make_program()
    person = make_participant(program)
    token = calendars.token_of(person)
    assert calendars.participant_of(token, program.slug) == person

    erase(person)

    assert calendars.participant_of(token, program.slug) is None


def test_who_asks_for_a_code_with_a_longer_address_goes_on(after_the_program):
    person = make_participant(make_program(), user=True, email="an@example.org")
    asking = Client()
    asking.post("/account/login/", {"login": "ivan@example.org"})

    erase(person)

    assert asking.get("/account/login/code/confirm/").status_code == 200


def test_erasing_closes_the_personal_calendar(client, after_the_program):
    program = make_program()
    make_release(program)
    person = make_participant(program, user=True)
    token = calendars.token_of(person)
    assert client.get("/ikm-2018/me.ics", {"token": token}).status_code == 200

    erase(person)

    assert client.get("/ikm-2018/me.ics", {"token": token}).status_code == 404


def test_erasing_closes_a_calendar_whose_address_was_renewed_meanwhile(client, after_the_program):
    program = make_program()
    make_release(program)
    person = make_participant(program, user=True)
    calendars.renew(person)  # on the participant's phone, while the organizer reads the page
    token = calendars.token_of(Participant.objects.get())

    erase(person)

    assert client.get("/ikm-2018/me.ics", {"token": token}).status_code == 404


def test_a_photo_that_was_uploaded_meanwhile_goes_too(
    settings, tmp_path, after_the_program, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    person = make_participant(make_program())
    with_photo(Participant.objects.get(), django_capture_on_commit_callbacks)
    assert files_in(tmp_path)

    with django_capture_on_commit_callbacks(execute=True):
        erase(person)

    assert files_in(tmp_path) == []


def test_sessions_of_others_are_not_read(after_the_program, monkeypatch):
    person, bystander = make_participant(make_program(), user=True), Client()
    bystander.force_login(make_user())
    key = bystander.session.session_key
    UserSession.objects.create(user=make_user(), ip="192.0.2.1", session_key=key)
    read, decoded = [], Session.get_decoded
    monkeypatch.setattr(Session, "get_decoded", lambda session: read.append(session.pk) or decoded(session))
    asking = Client()
    asking.post("/account/login/", {"login": person.email})

    erase(person)

    assert len(read) == 1
    assert [session.pk for session in Session.objects.all()] == [key]


def test_what_statistics_need_of_an_erased_person_stays(after_the_program):
    person = a_whole_person(make_program())
    group = person.group

    erase(person)

    person.refresh_from_db()
    assert person.called == ERASED_NAME
    assert (person.country, person.group, person.status) == ("NP", group, "confirmed")
    assert (person.diet, person.user, person.shown_in_directory) == ("any", None, False)
    assert person.erased_at
    assert person.history.count() == 0


def test_the_account_stays_when_it_serves_another_program(after_the_program):
    person = a_whole_person(make_program())
    user = person.user
    other = make_participant(make_program(slug="other"), user=user, email="sentinel@example.org")

    erase(person)

    user.refresh_from_db()
    assert list(user.participations.all()) == [other]
    assert EmailAddress.objects.filter(user=user).exists()


def test_the_account_of_a_member_of_staff_stays(after_the_program):
    staff = make_user(role="Staff", email="sentinel@example.org")
    person = make_participant(make_program(), user=staff)

    erase(person)

    staff.refresh_from_db()
    assert staff.is_active


def test_erasing_one_leaves_the_others_whole(after_the_program):
    program = make_program()
    person = make_participant(program)
    other = make_participant(program, user=True, phone="+62 000")
    make_travel_record(other)

    erase(person)

    other.refresh_from_db()
    assert (other.phone, other.travel_record.passport_number) == ("+62 000", "X1234567")
    assert other.history.count() >= 1


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [(30, "16:59", False), (30, "17:01", True)],  # UTC; midnight in Jakarta is 17:00
)
def test_a_person_is_erased_only_after_the_last_day_where_the_program_is_held(set_clock, day, hour, expected):
    person = make_participant(make_program())
    set_clock(datetime.fromisoformat(f"2018-07-{day}T{hour}:00+00:00"))

    assert may_be_erased(person) is expected
    if not expected:
        with pytest.raises(ValueError, match="not over"):
            erase(person)
        person.refresh_from_db()
        assert person.name != ERASED_NAME


def test_who_withdrew_can_be_erased_at_once(set_clock):
    set_clock(datetime.fromisoformat("2018-06-01T00:00:00+00:00"))
    person = make_participant(make_program(), status=Participant.Status.WITHDRAWN)

    erase(person)

    assert person.status == Participant.Status.WITHDRAWN
    assert not Participant.objects.active().exists()


def test_nobody_is_erased_twice(after_the_program):
    person = make_participant(make_program())
    erase(person)

    with pytest.raises(ValueError, match="not over"):
        erase(person)


def test_every_field_of_a_participant_is_either_kept_or_blanked():
    """Who adds a field to Participant decides here whether it stays of an erased person."""
    from participants.privacy.erasing import KEPT

    written = {"name", "email", "erased_at"}
    blank = {f.name for f in Participant._meta.concrete_fields} - KEPT - written

    assert all(Participant._meta.get_field(name).get_default() in ("", None, False, "any") for name in blank)


def test_everything_that_hangs_from_a_participant_is_thought_of():
    """Who adds a table about participants registers how it forgets them, or keeps it on purpose."""
    tables = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.related_model is Participant and field.concrete
    }

    assert tables == {
        *("participants.TravelRecord", "participants.Mail", "participants.Badge"),
        # Emptied of what is about the person.
        "participants.Certificate",
        # Kept: who was there is counted on, with nobody's name.
        *("participants.Attendance", "participants.HistoricalAttendance", "participants.SignedListEntry"),
    }


def test_readings_name_the_reader_and_the_moment(set_clock):
    program = make_program()
    record = make_travel_record(make_participant(program))
    moment = at(20, "10:00", program.tz)
    set_clock(moment)

    TravelReading.objects.note(
        [record], make_user(first_name="Sample", last_name="Organizer"), TravelReading.Where.RECORD
    )

    reading = record.readings.get()
    assert (reading.reader_name, reading.where, reading.read_at) == ("Sample Organizer", "record", moment)


def test_reading_ones_own_record_is_not_written_down():
    person = make_participant(make_program(), user=True)
    record = make_travel_record(person)

    TravelReading.objects.note([record], person.user, TravelReading.Where.RECORD)

    assert not record.readings.exists()
