from django.http import Http404


def me(request, **kwargs):
    raise Http404  # a stub: its owner lands it in minutes


def me_seen(request, **kwargs):
    raise Http404  # a stub: its owner lands it in minutes


def me_ics(request, **kwargs):
    raise Http404  # a stub: its owner lands it in minutes


def me_ics_renew(request, **kwargs):
    raise Http404  # a stub: its owner lands it in minutes
