"""What leads from a program's former address to where it is now: pages, feeds, and forms on open pages."""

from django.http import HttpResponsePermanentRedirect

from .models import FormerAddress


class _SameAgain(HttpResponsePermanentRedirect):
    """A permanent redirect that sends a form on as it is."""

    status_code = 308


def lead_on(get_response):
    """Only what would be 404 is looked up: an address that is in use costs nothing.

    A program that nobody may see leads nowhere, so that its new address stays unknown as well.
    """

    def middleware(request):
        response = get_response(request)
        match = request.resolver_match
        if response.status_code != 404 or match is None or not match.kwargs.get("slug"):
            return response
        old = match.kwargs["slug"]
        found = FormerAddress.objects.filter(slug=old, program__published=True)
        new = found.values_list("program__slug", flat=True).first()
        if new is None:
            return response
        address = request.get_full_path().replace(f"/{old}/", f"/{new}/", 1)
        is_safe = request.method in ("GET", "HEAD")
        return HttpResponsePermanentRedirect(address) if is_safe else _SameAgain(address)

    return middleware
