from django.http import Http404


def directory(request, **kwargs):
    raise Http404  # a stub: its owner lands it in minutes
