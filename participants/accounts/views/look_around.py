from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect

from participants import demo


@login_not_required
def look_around(request):
    """Sign in as a sample person, without a code. Outside the demo there is no such page."""
    if not settings.DEMO or request.method != "POST":
        raise Http404
    user = demo.account_of(request.POST.get("role", ""))
    login(request, user, backend="participants.accounts.factors.Backend")
    request.session["looks_around"] = True  # what is looked at here was read by nobody
    UserSession.objects.create_from_request(request)  # as allauth does after a code
    return redirect("participants:welcome")
