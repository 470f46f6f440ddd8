"""The demo's sample people. None of them is real; their names say so in every script."""

from datetime import datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from program.team.members import add_member
from program.team.roles import Role

from .accounts.accounts import account_at, account_for
from .models import LetterheadSettings, Participant, Signatory, TravelRecord
from .people import numbers

Diet = Participant.Diet

# Whom the demo's sign-in page lets one look around as.
ROLES = (
    ("participant-a", _("As a participant of group A")),
    ("participant-b", _("As a participant of group B")),
    ("staff", _("As staff")),
    ("organizer", _("As an organizer")),
)
ADDRESSES = {
    "participant-a": "participant-05@example.org",
    "participant-b": "participant-06@example.org",
    "staff": "staff@example.org",
    "organizer": "organizer@example.org",
}

# Names as the report gives them. No emblem and no officer: both are for those who run the program.
LETTERHEAD = """Kementerian Perindustrian
Direktorat Jenderal Industri Kecil dan Menengah
Kementerian Sekretariat Negara
Sekretariat Colombo Plan"""

# Two people of each country, one in each group. Names in own script are words such as "sample participant".
PEOPLE = (
    ("AF", ("شرکت‌کنندهٔ نمونه", Diet.HALAL), ("شرکت‌کنندهٔ نمونه", Diet.HALAL)),
    ("BD", ("নমুনা অংশগ্রহণকারী", Diet.HALAL), ("নমুনা অংশগ্রহণকারী", Diet.NO_BEEF)),
    ("BT", ("དཔེ་ཚད་བཅའ་མར་གཏོགས་མི་", Diet.VEGETARIAN), ("དཔེ་ཚད་བཅའ་མར་གཏོགས་མི་", Diet.ANY)),
    ("IN", ("नमूना प्रतिभागी", Diet.VEGETARIAN), ("மாதிரி பங்கேற்பாளர்", Diet.VEGAN)),
    ("ID", ("", Diet.HALAL), ("", Diet.HALAL)),
    ("LA", ("ຜູ້ເຂົ້າຮ່ວມຕົວຢ່າງ", Diet.ANY), ("ຜູ້ເຂົ້າຮ່ວມຕົວຢ່າງ", Diet.ANY)),
    ("MM", ("နမူနာ ပါဝင်သူ", Diet.NO_BEEF), ("နမူနာ ပါဝင်သူ", Diet.VEGETARIAN)),
    ("NP", ("नमुना सहभागी", Diet.NO_BEEF), ("नमुना सहभागी", Diet.VEGETARIAN)),
    ("PK", ("نمونہ شریک", Diet.HALAL), ("نمونہ شریک", Diet.HALAL)),
    ("LK", ("නියැදි සහභාගිවන්නා", Diet.OTHER), ("மாதிரி பங்கேற்பாளர்", Diet.VEGETARIAN)),
)
NOT_IN_DIRECTORY = {8, 13, 19}
WITH_CONTACT = {1, 6, 12, 17}
WITH_PREFERRED_NAME = {2, 6, 11, 14, 20}


@transaction.atomic
def load_people(program):
    """Make the twenty sample participants of ``program`` with accounts, and its team of organizer and staff.

    The program gets a letterhead too. Nothing is changed when there are participants already. Two groups
    are expected.
    """
    for role in (Role.STAFF, Role.ORGANIZER):
        add_member(program, account_at(ADDRESSES[role]), role)
    if program.participants.exists():
        return
    LetterheadSettings.objects.create(program=program, letterhead=LETTERHEAD)
    Signatory.objects.create(
        program=program, name="Sample Signatory", position="Sample Position, Sample Office"
    )
    groups = list(program.groups.all()[:2])
    for row, (country, *people) in enumerate(PEOPLE):
        for place, (own_script, diet) in enumerate(people):
            number = 2 * row + place + 1
            participant = _make(program, number, country, groups[place], own_script, diet)
            account_for(participant)
            _make_travel_record(participant, number)
    numbers.give(program)


def account_of(role):
    """The account one looks around as; 404 for an unknown role and while there are no sample people."""
    address = ADDRESSES.get(role, "")
    return get_object_or_404(EmailAddress.objects.select_related("user"), email=address, verified=True).user


def _make(program, number, country, group, own_script, diet):
    made = Participant(
        program=program,
        email=f"participant-{number:02}@example.org",
        name=f"Sample Participant {number:02}",
        preferred_name=f"Sample {number:02}" if number in WITH_PREFERRED_NAME else "",
        own_script_name=own_script,
        country=country,
        institution=f"Sample Institution {'AB'[number % 2 - 1]}",
        position="Sample Position",
        phone=f"+00 000 00{number:02}" if number in WITH_CONTACT else "",
        group=group,
        diet=diet,
        diet_note="No nuts" if diet == Diet.OTHER else "",
        bio="A sample of what a participant may write here: what I do at home, and what I want to learn.",
        shown_in_directory=number not in NOT_IN_DIRECTORY,
        contact_shown=number in WITH_CONTACT,
        status=Participant.Status.CONFIRMED,
        room=f"{400 + (number + 1) // 2}",
    )
    made.full_clean()
    made.save()
    return made


def _make_travel_record(participant, number):
    """Flights on the first and the last day, some on the same plane."""
    program = participant.program
    arrival, departure = (
        datetime.combine(day, time(hour), program.tz)
        for day, hour in ((program.starts_on, 6), (program.ends_on, 18))
    )
    home = departure + timedelta(minutes=70 * (number // 5))
    record = TravelRecord(
        participant=participant,
        passport_number=f"SAMPLE{number:02}",
        passport_expires_on=program.ends_on.replace(year=program.ends_on.year + 3),
        arrival_flight=f"XX {101 + number // 4}",
        arrives_at=arrival + timedelta(minutes=95 * (number // 4)),
        arrival_pickup="Driver with a sign of the program, at the exit",
        departure_flight=f"XX {201 + number // 5}",
        departs_at=home,
        pickup_at=home - timedelta(hours=4),
        departure_pickup="Minibus, hotel lobby",
        emergency_name="Sample Relative",
        emergency_relation="Sample relation",
        emergency_phone="+00 000 0000",
    )
    record.full_clean()
    record.save()
