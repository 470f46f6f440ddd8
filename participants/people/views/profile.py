from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participants.people.forms import ProfileForm
from participants.people.personal import personal_page, show


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
def profile(request, participant):
    form = ProfileForm(request.POST or None, request.FILES or None, instance=participant)
    if request.method == "POST":
        if form.is_valid():
            form.save()
            messages.success(request, _("Your profile is saved."))
            return redirect("participants:profile", participant.program.slug)
        participant.refresh_from_db()  # a refused form has changed the object, not the person
    return show(request, "participants/people/profile.html", participant, form=form)
