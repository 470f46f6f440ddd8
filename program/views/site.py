"""What belongs to the portal and to no program."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from program import addresses
from program.models import Program
from program.publishing.pages import THEMES, agenda_page, theme_of
from program.publishing.sitemaps import program_sitemap

YEAR = 365 * 24 * 60 * 60


# Kept pages are the same for everybody and can carry no token. All a forged post could do is to
# change the colours of the page.
@login_not_required
@csrf_exempt
@require_POST
def appearance(request):
    """Set the visitor's theme ("light", "dark", "toggle"; anything else follows the device) and go back."""
    theme = request.POST.get("theme", "")
    if theme == "toggle":
        theme = "light" if theme_of(request) == "dark" else "dark"
    response = redirect(_local(request, request.POST.get("next", "")))
    if theme in THEMES:
        response.set_cookie(
            "theme", theme, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def _local(request, address):
    """``address`` when it is one of this portal, else the start page."""
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else reverse("program:root")


@login_not_required
@require_safe
@never_cache
def healthz(request):
    """Whether the portal can answer: 200 when its database does, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse(_("The database does not answer."), status=503, content_type="text/plain")
    return HttpResponse(_("All is well."), content_type="text/plain")


@login_not_required
@require_safe
def robots(request):
    sitemap = addresses.page(addresses.site_of(request), "sitemap")
    lines = ("User-agent: *", "Disallow: /admin/", "Disallow: /id/admin/", f"Sitemap: {sitemap}", "")
    return HttpResponse("\n".join(lines), content_type="text/plain")


@login_not_required
@require_safe
def favicon(request):
    """Browsers ask for this address by themselves; the file has a hashed name."""
    return redirect(static("img/favicon.ico"))


@login_not_required
@require_safe
def sitemap(request):
    """The index: one sitemap for each program with a release."""
    programs = Program.objects.published().filter(releases__number=1).order_by("pk")
    site = addresses.site_of(request)
    slugs = programs.values_list("slug", flat=True)
    found = [addresses.page(site, "program:sitemap", slug) for slug in slugs]
    return render(
        request,
        "sitemap_index.xml",
        {"sitemaps": [{"location": address} for address in found]},
        content_type="application/xml",
    )


@agenda_page()
def sitemap_of_program(request, published, now):
    return program_sitemap(request, published)
