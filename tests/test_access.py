"""Who may open what: every URL name of the portal, as every kind of person.

One word per person in the order of PEOPLE: "ok" the page; "on" a redirect elsewhere; "login" a redirect to
sign in; "no" 403; "none" 404. A name that is missing here fails, and so does one that exists no more.
"""

import re
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from participants.models import LetterheadSettings, RetentionPolicy, ScannedList
from participants.papers import badges, logos
from participants.people import photos
from program.agenda.kinds import Kind, Status
from program.drafting.operations import set_status
from program.models import AcceptedConflict, Contacts, Program
from program.team.members import add_member
from program.team.models import Membership
from program.team.roles import Role
from sessions.models import Material

from . import images
from .makers import (
    at,
    make_group,
    make_item,
    make_organization,
    make_organizer,
    make_program,
    make_release,
    make_speaker,
    make_user,
    make_venue,
)
from .participants.certificates.makers import make_certificate, make_signatory
from .participants.me.makers import make_announcement
from .participants.outbox.makers import make_mail
from .participants.people.makers import make_participant
from .participants.travel.makers import make_travel_record

PEOPLE = (
    "anonymous",
    "participant",
    "participant of another program",
    "staff",
    "staff who read travel records",
    "organizer",
    "staff of another program",
    "organizer of another program",
    "staff here, organizer of another program",
)
EVERYBODY = "ok ok ok ok ok ok ok ok ok"
SIGNED_IN = "login ok ok ok ok ok ok ok ok"
OWN = "login ok none none none none none none none"
WITH_FACTOR = "login no no no no no no no no"  # nobody here has an app or a passkey
OFFICE = "login login login ok ok ok ok ok ok"  # of no program
OF_PROGRAM = "login login login ok ok ok none none ok"
MARKING = "login no no ok ok ok none none ok"
ORGANIZERS = "login login login no no ok none none no"
MARKED = "login no no on on on none none on"
NO_FACTOR = "login none none none none none none none none"
TO_LOGIN = "login login login login login login login login login"
NOBODY = "none none none none none none none none none"

P = "/ikm-2018/"
# name: address, words. An address that begins with POST is sent.
PAGES = {
    "favicon.ico": ("/favicon.ico", "on on on on on on on on on"),
    "robots.txt": ("/robots.txt", EVERYBODY),
    "sitemap": ("/sitemap.xml", EVERYBODY),
    "preview": ("/preview/{program}/", "login none none on on on none none on"),
    "preview-page": (
        "/preview/{program}/everybody/2018-07-24T10:00/ikm-2018/me/",
        "login none none ok ok ok none none ok",
    ),
    "program:root": ("/", "on on on on on on on on on"),
    "program:list": ("/programs/", EVERYBODY),
    "program:appearance": ("POST /appearance/", "on on on on on on on on on"),
    "program:healthz": ("/healthz", EVERYBODY),
    "program:home": (P, EVERYBODY),
    "program:agenda": (P + "agenda/", EVERYBODY),
    "program:agenda-day": (P + "agenda/2018-07-24/", EVERYBODY),
    "program:agenda-item": (P + "agenda/{item}/", EVERYBODY),
    "program:item-ics": (P + "agenda/{item}.ics", EVERYBODY),
    "program:agenda-ics": (P + "agenda.ics", EVERYBODY),
    "program:agenda-json": (P + "agenda.json", EVERYBODY),
    "program:hosts": (P + "hosts/", EVERYBODY),
    "program:host": (P + "hosts/bbt/", EVERYBODY),
    "program:venues": (P + "venues/", EVERYBODY),
    "program:about-data": (P + "about/", EVERYBODY),
    "program:changes": (P + "changes/", EVERYBODY),
    "program:cloth": (P + "cloth.svg", EVERYBODY),
    "program:sitemap": (P + "sitemap.xml", EVERYBODY),
    "classroom:material": (P + "materials/{material}/", "login on none on on on none none on"),
    "participants:welcome": ("/account/welcome/", "login on on on on on on on ok"),
    "participants:look-around": (
        "POST /account/look-around/",
        NOBODY,
    ),  # there is no such page but in the demo
    "participants:me": (P + "me/", OWN),
    "participants:me-seen": (f"POST {P}me/seen/", "login on none none none none none none none"),
    "participants:me-ics": (P + "me.ics?token=guessed", NOBODY),
    "participants:me-print": (P + "me/print/", OWN),
    "participants:me-calendar": (P + "me/calendar/", OWN),
    "participants:me-ics-renew": (f"POST {P}me/calendar/new/", "login on none none none none none none none"),
    "participants:profile": (P + "me/profile/", OWN),
    "participants:travel": (P + "me/travel/", OWN),
    "participants:own-attendance": (P + "me/attendance/", OWN),
    "participants:my-data": (P + "me/data/", OWN),
    "participants:my-data-file": (P + "me/data.zip", OWN),
    "participants:ask-erasure": (f"POST {P}me/data/erase/", "login on none none none none none none none"),
    "participants:certificate": (P + "me/certificate.pdf", OWN),
    "participants:verify": ("/verify/{code}/", EVERYBODY),
    "participants:verify-in-program": (P + "verify/{code}/", "on on on on on on on on on"),
    "participants:privacy": (P + "privacy/", EVERYBODY),
    "participants:directory": (P + "participants/", "login ok none ok ok ok none none ok"),
    "participants:photo": (P + "participants/{person}/photo/64/", "login ok none ok ok ok none none ok"),
    "participants:attendance": (P + "attendance/", MARKING),
    "participants:attendance-item": (P + "attendance/{item}/", MARKING),
    "participants:attendance-scan": (P + "attendance/{item}/badges/", MARKING),
    "participants:attendance-mark": (P + "attendance/{item}/mark/", MARKED),
    "participants:attendance-everybody": (
        f"POST {P}attendance/{{item}}/everybody/",
        MARKED,
    ),
    "participants:attendance-undo": (
        f"POST {P}attendance/{{item}}/undo/",
        MARKED,
    ),
    "participants:list": (P + "attendance/{item}/list/", MARKING),
    "participants:list-pdf": (P + "attendance/{item}/list.pdf", MARKING),
    "participants:lists-pdf": (P + "attendance/lists.pdf?day=2018-07-24", MARKING),
    "participants:print": (P + "attendance/print/", MARKING),
    "participants:hand-over": (P + "attendance/hand-over/kits.pdf", MARKING),
    "participants:list-logo": (P + "attendance/logo/1/", MARKING),
    "participants:signed-list": (P + "attendance/{item}/signed-list/", MARKING),
    "participants:<slug:slug>/attendance/<int:pk>/paper/": (  # as the signed list was called: it leads there
        P + "attendance/{item}/paper/",
        "login on on on on on on on on",
    ),
    "participants:scan": (P + "attendance/{item}/scans/{scan}/", MARKING),
    "participants:summary": (P + "attendance/summary/", MARKING),
    "participants:summary-xlsx": (P + "attendance/summary.xlsx", MARKING),
    "participants:summary-pdf": (P + "attendance/summary.pdf", MARKING),
    "participants:summary-csv": (P + "attendance/summary.csv", MARKING),
    "participants:sheet": ("/s/{item}/1.25552680.0.Ag/", "login no no on on on none none on"),
    "participants:badge": (
        "/b/{badge}/",
        "login ok no ok ok ok none none ok",
    ),  # who wears it is told what it is for
    "account_login": ("/account/login/", "ok on on on on on on on on"),
    "account_request_login_code": (
        "/account/login/code/",
        TO_LOGIN,
    ),
    "account_confirm_login_code": ("/account/login/code/confirm/", "login on on on on on on on on"),
    "account_logout": ("/account/logout/", "on ok ok ok ok ok ok ok ok"),
    "account_inactive": ("/account/inactive/", EVERYBODY),
    "account_reauthenticate": (
        "/account/reauthenticate/",
        "login no no no no no no no no",
    ),  # nobody has a password
    "mfa_index": ("/account/2fa/", SIGNED_IN),
    "mfa_authenticate": ("/account/2fa/authenticate/", "login on on on on on on on on"),
    "mfa_reauthenticate": ("/account/2fa/reauthenticate/", WITH_FACTOR),
    "mfa_activate_totp": ("/account/2fa/totp/activate/", SIGNED_IN),
    "mfa_deactivate_totp": ("/account/2fa/totp/deactivate/", NO_FACTOR),
    "mfa_view_recovery_codes": (
        "/account/2fa/recovery-codes/",
        NO_FACTOR,
    ),
    "mfa_generate_recovery_codes": ("/account/2fa/recovery-codes/generate/", SIGNED_IN),
    "mfa_download_recovery_codes": (
        "/account/2fa/recovery-codes/download/",
        NO_FACTOR,
    ),
    "mfa_list_webauthn": ("/account/2fa/webauthn/", SIGNED_IN),
    "mfa_add_webauthn": ("/account/2fa/webauthn/add/", SIGNED_IN),
    "mfa_reauthenticate_webauthn": ("/account/2fa/webauthn/reauthenticate/", WITH_FACTOR),
    "mfa_remove_webauthn": (
        "/account/2fa/webauthn/keys/1/remove/",
        NO_FACTOR,
    ),
    "mfa_edit_webauthn": (
        "/account/2fa/webauthn/keys/1/edit/",
        NO_FACTOR,
    ),
    "mfa_login_webauthn": ("/account/2fa/webauthn/login/", "login on on on on on on on on"),
    "usersessions_list": ("/account/sessions/", SIGNED_IN),
}
PEOPLE_ADMIN = "/admin/participants/participant/"
CERTIFICATES = "/admin/participants/certificate/"
ADMIN_PAGES = {
    "admin:index": ("/admin/", OFFICE),
    "admin:app_list": ("/admin/program/", OFFICE),
    "admin:login": ("/admin/login/", "login no no on on on on on on"),
    "admin:logout": ("POST /admin/logout/", "login on on ok ok ok ok ok ok"),
    "admin:jsi18n": ("/admin/jsi18n/", OFFICE),
    "admin:autocomplete": (
        "/admin/autocomplete/?app_label=program&model_name=agendaitem&field_name=venue",
        "login login login ok ok ok ok ok ok",
    ),
    "admin:view_on_site": ("/admin/r/{program_type}/{program}/", "login login login on on on none none on"),
    "admin:<path:object_id>/": ("/admin/program/program/{program}/", "login login login on on on on on on"),
    "admin:(?P<url>.*)$": ("/admin/nowhere", "login login login none none none none none none"),
    # The list is that of one's own programs, and who organizes one may make another.
    "admin:program_program_changelist": ("/admin/program/program/", OFFICE),
    "admin:program_program_add": ("/admin/program/program/add/", "login login login no no ok no ok ok"),
    "admin:program_agendaitem_deleted": ("/admin/program/program/{program}/deleted/", ORGANIZERS),
    "admin:program_agendaitem_copy": ("/admin/program/program/copy-item/{item}/", ORGANIZERS),
    "admin:program_agendaitem_table": ("/admin/program/agendaitem/table/?program={program}", ORGANIZERS),
    "admin:program_agendaitem_board": (
        "/admin/program/agendaitem/board/?program={program}&day=2018-07-24",
        "login login login ok ok ok none none ok",
    ),
    "admin:program_agendaitem_shift": ("/admin/program/program/shift/?program={program}", ORGANIZERS),
    "admin:program_agendaitem_swap_days": (
        "/admin/program/program/swap-days/?program={program}",
        ORGANIZERS,
    ),
    "admin:program_program_postpone": ("/admin/program/program/postpone/?program={program}", ORGANIZERS),
    "admin:program_agendaitem_move_day": ("/admin/program/program/move-day/?program={program}", ORGANIZERS),
    "admin:program_agendaitem_import": (
        "/admin/program/agendaitem/import/?program={program}",
        ORGANIZERS,
    ),
    "admin:program_agendaitem_export": ("/admin/program/agendaitem/export/?program={program}", OF_PROGRAM),
    "admin:program_agendaitem_take_back": (
        "/admin/program/agendaitem/{item}/history/{version}/take-back/",
        ORGANIZERS,
    ),
    "admin:program_group_pair": (
        "POST /admin/program/program/{program}/groups/",
        "login login login no no on none none no",
    ),
    "admin:program_program_copy": ("/admin/program/program/{program}/copy/", ORGANIZERS),
    "admin:program_program_publish": ("/admin/program/program/{program}/publish/", ORGANIZERS),
    "admin:program_acceptedconflict_add": (
        "POST /admin/program/program/{program}/conflicts/accept/",
        "login login login no no on none none no",
    ),
    "admin:program_acceptedconflict_delete": (
        "POST /admin/program/program/{program}/conflicts/reopen/",
        "login login login no no on none none no",
    ),
    "admin:program_presence": ("POST /admin/program/program/{program}/presence/", ORGANIZERS),
    "admin:program_release_compare": (
        "/admin/program/release/compare/?program={program}&from=1&to=1",
        OF_PROGRAM,
    ),
    "admin:classroom_classroomsession_take_back": (
        "/admin/classroom/classroomsession/{classroomsession}/history/{session_version}/take-back/",
        ORGANIZERS,
    ),
    "admin:visits_visit_take_back": (
        "/admin/visits/visit/{visit}/history/{visit_version}/take-back/",
        ORGANIZERS,
    ),
    "admin:visits_transfer_take_back": (
        "/admin/visits/transfer/{transfer}/history/{transfer_version}/take-back/",
        ORGANIZERS,
    ),
    "admin:participants_opened": ("/admin/program/release/{release}/opened/", OF_PROGRAM),
    # All is over here: nobody is left to tell, and the pages go on.
    "admin:participants_announcement_tell": (
        "/admin/participants/announcement/{announcement}/tell/",
        "login login login on on on none none on",
    ),
    "admin:participants_notice_tell": (
        "/admin/program/release/{release}/tell/",
        "login login login no no on none none no",
    ),
    "admin:participants_participant_groups": (PEOPLE_ADMIN + "groups/{program}/", ORGANIZERS),
    "admin:participants_participant_lists": (PEOPLE_ADMIN + "lists/{program}/", OF_PROGRAM),
    "admin:participants_participant_list_diets": (PEOPLE_ADMIN + "lists/{program}/meals/", OF_PROGRAM),
    "admin:participants_participant_list_rooms": (PEOPLE_ADMIN + "lists/{program}/rooms/", OF_PROGRAM),
    "admin:participants_participant_list_countries": (
        PEOPLE_ADMIN + "lists/{program}/countries/",
        OF_PROGRAM,
    ),
    "admin:participants_participant_list_travels": (
        "POST " + PEOPLE_ADMIN + "lists/{program}/travel/",
        "login login login no ok ok none none no",
    ),
    "admin:participants_participant_badges": (
        PEOPLE_ADMIN + "badges/{program}/",
        OF_PROGRAM,
    ),
    "admin:participants_participant_badge": (PEOPLE_ADMIN + "{person}/badge/", OF_PROGRAM),
    "admin:participants_participant_badge_reissue": (
        PEOPLE_ADMIN + "{person}/badge/new/",
        ORGANIZERS,
    ),
    "admin:participants_participant_badge_revoke": (
        PEOPLE_ADMIN + "{person}/badge/revoke/",
        ORGANIZERS,
    ),
    "admin:participants_participant_travel": (
        "POST " + PEOPLE_ADMIN + "{person}/travel/",
        "login login login no ok ok none none no",
    ),
    "admin:participants_participant_erase": (PEOPLE_ADMIN + "{person}/erase/", ORGANIZERS),
    "admin:participants_certificate_issue": (CERTIFICATES + "issue/{program}/", ORGANIZERS),
    "admin:participants_certificate_reissue_many": (CERTIFICATES + "reissue/{program}/", ORGANIZERS),
    "admin:participants_certificate_sample": (CERTIFICATES + "sample/{program}.pdf", ORGANIZERS),
    "admin:participants_certificate_all_pdf": (CERTIFICATES + "all/{program}.pdf", ORGANIZERS),
    "admin:participants_certificate_all_zip": (CERTIFICATES + "all/{program}.zip", ORGANIZERS),
    "admin:participants_certificate_pdf": (CERTIFICATES + "{certificate}/certificate.pdf", ORGANIZERS),
    "admin:participants_certificate_reissue": (CERTIFICATES + "{certificate}/reissue/", ORGANIZERS),
    "admin:participants_certificate_revoke": (CERTIFICATES + "{certificate}/revoke/", ORGANIZERS),
    "admin:participants_signatory_signature": (
        "/admin/participants/signatory/{signatory}/signature.png",
        ORGANIZERS,
    ),
    "admin:participants_participant_import": (PEOPLE_ADMIN + "import/{program}/", ORGANIZERS),
    "admin:participants_participant_template": (PEOPLE_ADMIN + "import/{program}/template.csv", ORGANIZERS),
}
# What one may do with the rows of a model in the admin: staff, staff who read travel records, organizer.
READ = ("view", "view", "view add change delete")
ADMIN_MODELS = {
    "auth.user": ("", "", ""),
    "account.emailaddress": ("", "", ""),
    "mfa.authenticator": ("", "", ""),
    "usersessions.usersession": ("", "", ""),
    "program.program": ("view", "view", "view add change"),
    "program.contacts": ("view add change", "view add change", "view add change"),
    "program.organization": READ,
    "program.venue": READ,
    "program.group": READ,
    "program.agendaitem": READ,
    "program.release": ("view", "view", "view"),
    "classroom.classroomsession": READ,
    "classroom.speaker": READ,
    "visits.visit": READ,
    "visits.transfer": READ,
    "program.operation": ("", "", "view"),
    "participants.retentionpolicy": ("", "", "view add change"),
    "participants.letterheadsettings": ("", "", "view add change"),
    "participants.certificate": ("", "", "view"),
    "participants.signatory": ("", "", "view add change delete"),
    "participants.participant": ("view", "view", "view add change"),
    "participants.announcement": ("view add change", "view add change", "view add change delete"),
    "participants.mail": ("", "", "view"),
    "team.membership": ("", "", "view add change delete"),
}
PORTAL = ("auth.", "account.", "mfa.", "usersessions.")  # models that belong to no program
NEEDED = {
    "changelist": {"view", "change"},
    "add": {"add"},
    "history": {"view", "change"},
    "delete": {"delete"},
    "change": {"view", "change"},
}


def admin_rows():
    """The five pages that the admin has for each model, by the rights of ADMIN_MODELS."""
    for label, rights in ADMIN_MODELS.items():
        app, model = label.split(".")
        for page, needed in NEEDED.items():
            words = ["ok" if needed & set(right.split()) else "no" for right in rights]
            # What nobody may do is refused to all alike; else other programs are not there.
            nowhere = label.startswith(PORTAL) or (page == "add" and words == ["no", "no", "no"])
            words += ["no", "no", "no"] if nowhere else ["none", "none", words[0]]
            address = f"/admin/{app}/{model}/"
            if page == "add":
                address += "add/"
            elif page != "changelist":
                address += f"{{{model}}}/{page}/"
            if page in ("add", "changelist") and not label.startswith(PORTAL) and label != "program.program":
                address += "?program={program}"
            yield f"admin:{app}_{model}_{page}", (address, " ".join(["login"] * 3 + words))


# The lists of these lead to the agenda, which shows every class of items.
for _model in ("classroom_classroomsession", "visits_visit", "visits_transfer"):
    _address = f"/admin/{_model.replace('_', '/')}/"
    ADMIN_PAGES[f"admin:{_model}_changelist"] = (_address, "login login login on on on on on on")

TABLE = PAGES | dict(admin_rows()) | ADMIN_PAGES


def names(resolver=None, namespaces=()):
    """Every name one can reverse, with its namespaces; patterns without a name by their own text."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join((*namespaces, pattern.name or str(pattern.pattern)))
        else:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from names(pattern, inner)


@pytest.fixture
def world(db, settings, tmp_path):
    """One of everything that an address may name, by the word it has there."""
    settings.MEDIA_ROOT = tmp_path
    program = make_program(countries="NP")
    group = make_group(program)
    organization = make_organization(program, slug="bbt")
    venue = make_venue(program)
    speaker = make_speaker(program)
    item = make_item(program, "Lunch", day=24, kind=Kind.MEAL, venue=venue, organization=organization)
    session = make_item(program, "Lecture", "08:00", "09:00", kind=Kind.SESSION, speakers=[speaker])
    visit = make_item(program, "Visit", "13:00", "14:00")
    transfer = make_item(program, "Bus", "15:00", "16:00", kind=Kind.TRAVEL, destination=venue, venue=venue)
    for changed in (item, session, visit, transfer):  # something to take back
        changed.title += " again"
        changed.save_as()
    material = Material.objects.create(session=session, title="Slides", link="https://example.org/slides")
    release = make_release(program)
    person = make_participant(program, user=True, group=group, shown_in_directory=True)
    photos.save_photo(person, photos.squares(images.upload(images.picture())))
    now = at(24, "12:00", program.tz)
    signatory = make_signatory(program, signature=True)
    certificate = make_certificate(person)
    return {
        "program": program,
        "group": group,
        "contacts": Contacts.objects.create(program=program),
        "operation": set_status([transfer], Status.CANCELLED),
        "organization": organization,
        "venue": venue,
        "speaker": speaker,
        "item": item,
        "agendaitem": item,
        "classroomsession": session,
        "visit": visit,
        "transfer": transfer,
        "material": material,
        "release": release,
        "person": person,
        "participant": person,
        "record": make_travel_record(person),
        "badge": badges.issue([person])[person.pk].code,
        "scan": ScannedList.objects.create(
            item=item, file=SimpleUploadedFile("scan.jpg", images.picture()), added_at=now
        ),
        "person_user": person.user,
        "user": person.user,
        "emailaddress": person.user.emailaddress_set.get(),
        "letterheadsettings": _letterhead(program),
        "signatory": signatory,
        "certificate": certificate,
        "code": certificate.code,
        "retentionpolicy": RetentionPolicy.objects.create(program=program),
        "announcement": make_announcement(
            program, text="The bus waits", starts_at=now, expires_at=now + timedelta(hours=1)
        ),
        "acceptedconflict": AcceptedConflict.objects.create(
            program=program, code="no-venue", key="0" * 32, reason="It is shown there", accepted_at=now
        ),
        "mail": make_mail(program, kind="invitation", participant=person, created_at=now, send_after=now),
        "authenticator": Authenticator.objects.create(user=release.published_by, type="totp", data={}),
        "membership": Membership.objects.filter(program=program).first(),
        "usersession": UserSession.objects.create(user=person.user, ip="192.0.2.1", session_key="x"),
        "version": item.version,
        "session_version": session.version,
        "visit_version": visit.version,
        "transfer_version": transfer.version,
        "program_type": ContentType.objects.get_for_model(program),
    }


def _letterhead(program):
    settings = LetterheadSettings(program=program)
    logos.exchange(settings, "logo", logos.clean(images.upload(images.picture())))
    settings.save()
    return settings


@pytest.fixture
def clients(world):
    """The cookies of a browser of each kind of person, in the order of PEOPLE."""
    other = make_program(slug="other")
    make_release(other)
    program = world["program"]
    both = make_user(role="Staff", program=program)
    add_member(other, both, Role.ORGANIZER)
    people = [
        None,
        world["person"].user,
        make_participant(other, user=True).user,
        make_user(role="Staff", program=program),
        make_user(role="Staff", program=program, reads_travel=True),
        make_organizer(program=program),
        make_user(role="Staff", program=other),
        make_organizer(program=other),
        both,
    ]
    return {name: _cookies(user) for name, user in zip(PEOPLE, people, strict=True)}


def _cookies(user):
    """The cookies of the browser of ``user``, who may be None."""
    browser = Client()
    if user:
        browser.force_login(user)
    return browser.cookies


def answer(cookies, address):
    """How a browser with ``cookies`` is answered at ``address``, in one word; nothing it does is kept."""
    browser = Client()
    browser.cookies = SimpleCookie(cookies.output(header="", sep=";"))
    with transaction.atomic():
        method, _blank, path = address.rpartition(" ")
        response = browser.post(path) if method else browser.get(path)
        transaction.set_rollback(True)
    if response.status_code in (301, 302, 308):
        return "login" if re.match(r"(/id)?/(account|admin)/login/", response.url) else "on"
    return {200: "ok", 403: "no", 404: "none"}.get(response.status_code, str(response.status_code))


def test_table_names_every_address_and_no_other():
    assert sorted(set(names())) == sorted(TABLE)


def test_every_page_answers_every_person_as_the_table_says(world, clients):
    numbers = {word: getattr(thing, "pk", thing) for word, thing in world.items()}
    found = {
        name: (
            address,
            " ".join(answer(cookies, address.format_map(numbers)) for cookies in clients.values()),
        )
        for name, (address, _words) in TABLE.items()
    }

    assert found == TABLE


def test_what_is_closed_is_closed_in_bahasa_indonesia_too(world, clients):
    numbers = {word: getattr(thing, "pk", thing) for word, thing in world.items()}
    only_once = ("/favicon.ico", "/robots.txt", "/sitemap.xml", "/preview/")
    closed = [
        address.format_map(numbers)
        for address, words in TABLE.values()
        if words.startswith("login") and not address.startswith(only_once)
    ]

    found = {
        path: answer(clients["anonymous"], re.sub("(^|POST )/", r"\1/id/", path, count=1)) for path in closed
    }

    assert found == dict.fromkeys(closed, "login")


def test_numbers_of_others_are_not_there(world, clients):
    """What one might guess after having seen one's own address, as each person who may not have it."""
    other = Program.objects.get(slug="other")
    stranger = other.participants.get()
    hidden = make_participant(world["program"])
    for someone in (stranger, hidden):
        photos.save_photo(someone, photos.squares(images.upload(images.picture())))
    lecture = make_item(other, "Lecture", kind=Kind.SESSION)
    slides = Material.objects.create(session=lecture, title="Slides", link="https://example.org/slides")
    item = make_item(other, "Draft only")

    guesses = [
        f"/ikm-2018/participants/{stranger.pk}/photo/64/",  # under one's own program
        f"/other/participants/{stranger.pk}/photo/64/",
        f"/ikm-2018/participants/{hidden.pk}/photo/64/",
        "/ikm-2018/participants/999999/photo/64/",
        f"/ikm-2018/materials/{slides.pk}/",
        f"/other/materials/{slides.pk}/",
        f"/ikm-2018/agenda/{item.pk}/",
        *("/other/me/", "/other/me/profile/", "/other/me/travel/", "/other/me/data/", "/other/participants/"),
        *("POST /other/me/seen/", "POST /other/me/calendar/new/", "/nowhere/me/"),
    ]
    found = {path: answer(clients["participant"], path) for path in guesses}

    assert found == dict.fromkeys(guesses, "none")
