from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from participants.models import Participant
from participants.people import photos


def _key(request, slug, pk, size):
    """The photo's key and size when this user may see it: also what tells one picture from the next."""
    if size not in photos.SIZES:
        raise Http404
    shown = Participant.objects.shown_to(request.user).filter(program__slug=slug).exclude(photo="")
    request.photo = get_object_or_404(shown.values_list("photo", flat=True), pk=pk)
    return f'"{request.photo}-{size}"'


@require_safe
@cache_control(private=True, no_cache=True)
@condition(etag_func=_key)
def photo(request, slug, pk, size):
    """The photo of a participant, to those who may see the person; asked for again each time, then a 304."""
    try:
        file = default_storage.open(photos.path(request.photo, size))
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type="image/webp", filename=f"{size}.webp")
