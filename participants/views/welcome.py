from django.http import Http404


def welcome(request, **kwargs):
    raise Http404  # a stub: its owner lands it in minutes
