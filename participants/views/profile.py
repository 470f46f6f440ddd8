from django.http import Http404


def profile(request, **kwargs):
    raise Http404  # a stub: its owner lands it in minutes


def travel(request, **kwargs):
    raise Http404  # a stub: its owner lands it in minutes


def my_data(request, **kwargs):
    raise Http404  # a stub: its owner lands it in minutes
