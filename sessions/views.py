from pathlib import PurePath

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .models import Material


@require_safe
@never_cache
def material(request, slug, pk):
    """Hand out a session's material to the people of its program: a file as a download, or its link."""
    found = get_object_or_404(
        Material.objects.visible_to(request.user),
        session__program__slug=slug,
        session__program__published=True,
        pk=pk,
    )
    if found.link:
        return redirect(found.link)
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    name = f"{slugify(found.title) or 'material'}{PurePath(found.file.name).suffix}"
    return FileResponse(file, as_attachment=True, filename=name)
