from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from .. import demo


@login_not_required
@require_POST
def look_around(request):
    """Sign in as a sample person, without a code. The address exists in the demo only: see urls.py."""
    user = demo.account_of(request.POST.get("role", ""))
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("participants:welcome")
