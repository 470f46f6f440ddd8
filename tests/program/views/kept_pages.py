"""Pages as views make them, for the tests of how they are kept."""

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language

from program import urls
from program.publishing.pages import agenda_page, theme_of

# Which requests ran a view, in order; the others were answered with a kept page.
ran = []


class Choice(forms.Form):
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in ("visit", "travel")], required=False)
    city = forms.ChoiceField(required=False)

    def __init__(self, data, agenda):
        super().__init__(data)
        self.fields["city"].choices = [(name, name) for name in ("visit", "Kyoto", agenda.program.slug)]


class What(forms.Form):
    what = forms.CharField()

    def __init__(self, data, agenda):
        super().__init__(data)


@agenda_page(Choice)
def shown(request, published, now, kind, city):
    ran.append(request.get_full_path())
    parts = (
        published.number,
        [published.note],
        [item.title for item in published.agenda.at(now).on],
        get_language(),
        theme_of(request),
        f"kind={kind} city={city}",
        timezone.get_current_timezone_name(),
    )
    return HttpResponse(repr(parts))


@agenda_page(What)
def odd(request, published, now, what):
    ran.append(request.get_full_path())
    if what == "gone":
        raise Http404
    if what == "token":
        return HttpResponse(get_token(request))
    if what == "visitor":
        return HttpResponse(f"{request.user}, {request.session}, {list(messages.get_messages(request))}")
    return HttpResponse("Not yet", status=202)


def message(request, slug):
    messages.success(request, "Saved")
    found = messages.get_messages(request)
    shown = [str(one) for one in found] if len(found) > 1 else []
    return HttpResponse(f"{request.user}: {shown}")


def notices_of(published, reader):
    return tuple(notices)


notices = []


@agenda_page(live=notices_of)
def with_notices(request, published, now, live):
    ran.append(request.get_full_path())
    return HttpResponse(", ".join(live))


urlpatterns = [
    *i18n_patterns(
        path("<slug:slug>/kept/", shown),
        path("<slug:slug>/odd/", odd),
        path("<slug:slug>/message/", message),
        path("<slug:slug>/notices/", with_notices),
        prefix_default_language=False,
    ),
    *urls.urlpatterns,
]
