"""A participant's certificate, and the public page that says whether one is valid."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from participants.models import Certificate
from participants.people.personal import personal_page, show_of
from program.agenda.facts import in_language

from .document import lesson_hours_of


@require_safe
@cache_control(private=True, no_store=True)
@personal_page
def certificate(request, participant):
    """The participant's own, as it was issued."""
    found = participant.certificates.valid().first()
    if found is None:
        raise Http404
    name = f'attachment; filename="{participant.program.slug}-certificate-{found.sequence:03}.pdf"'
    return HttpResponse(
        bytes(found.pdf), content_type="application/pdf", headers={"Content-Disposition": name}
    )


def _date(iso):
    return date.fromisoformat(iso) if iso else None


def _issue_asked(request):
    asked = request.GET.get("issue", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


@login_not_required
@require_safe
@never_cache
def verify_in_program(request, slug, code):
    """Where certificates were verified before: below an address of their program, which may have changed."""
    theirs = Q(program__slug=slug) | Q(program__former_addresses__slug=slug)
    if Certificate.objects.filter(theirs, code=code).exists():
        query = f"?{request.GET.urlencode()}" if request.GET else ""  # ?issue=2 stays
        return redirect(f"{reverse('participants:verify', args=[code])}{query}", permanent=True)
    return _verified(request, None)


@login_not_required
@require_safe
@never_cache
def verify(request, code):
    """For anyone who holds the paper: whose it is, its number, date and lesson hours, of which program, and
    whether it is valid or replaced by a newer issue. Nothing more.

    ``?issue=2`` is in the code of the second issue; the first has none.
    """
    rows = Certificate.objects.filter(code=code).defer("pdf").select_related("program")
    return _verified(request, rows.first())


def _verified(request, found):
    context = {"certificate": found}
    if found:
        data = found.data
        context |= {
            "program_title": in_language(data["program"], data["local_program"]),
            "first_day": date.fromisoformat(data["starts_on"]),
            "last_day": date.fromisoformat(data["ends_on"]),
            "issued_on": date.fromisoformat(data["issued_on"]),
            "reissued_on": _date(data.get("reissued_on")),
            "until": _date(data.get("until")),
            "lesson_hours": lesson_hours_of(data) if data.get("subjects") else "",
            "issue": data.get("issue", 1),
            "replaced": _issue_asked(request) < data.get("issue", 1),
        }
    # The page stays when the program is no longer public: then it is shown on its own.
    if found and found.program.published:
        response = show_of(request, "participants/certificates/verify.html", found.program, **context)
    else:
        response = render(request, "participants/certificates/verify.html", context)
    response.status_code = 200 if found else 404
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
