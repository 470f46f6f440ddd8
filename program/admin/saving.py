"""Saving in the admin so that nothing is lost and nothing is doubled, however often a button is pressed."""

import re
import secrets
from datetime import timedelta
from hashlib import sha256

from django.contrib import messages
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from program import clock
from program.models.sent_form import SentForm
from program.team.rights import program_id_of

TOKEN = "form_token"
KEPT = timedelta(days=30)  # so long a form is known to have been sent
BUTTONS = ("csrfmiddlewaretoken", TOKEN, "_save", "_continue", "_addanother")


class SentMeanwhile(Exception):
    """The same form was sent a second time while the first was being saved."""


def note_sent(token, digest):
    """Note that the form ``token`` is sent for the first time; returns its SentForm, to say what it ``made``.

    Raises SentMeanwhile when it was sent before.
    """
    now = clock.now()
    SentForm.objects.filter(sent_at__lt=now - KEPT).delete()
    try:
        with transaction.atomic():
            return SentForm.objects.create(token=token, digest=digest, sent_at=now)
    except IntegrityError:
        raise SentMeanwhile from None


class SafeSaving:
    """For a ModelAdmin whose form is a MergingForm.

    - What is changed is locked first: who saves at the same time waits, and is then merged.
    - A form that adds something is known by its token: sent again as it was it leads to what it added; sent
      again with other words it asks whether that is another one.
    - Saving what somebody deleted meanwhile shows what was typed as a form that adds it again.
    """

    def get_object(self, request, object_id, from_field=None):
        if request.method == "POST" and connection.in_atomic_block and object_id.isdecimal():
            first = [*self.opts.get_parent_list(), self.model][0]  # where a child's rows begin
            first._base_manager.select_for_update().filter(pk=object_id).first()
        return super().get_object(request, object_id, from_field)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if object_id is None:
            return self._add_once(request, form_url, extra_context)
        if self.was_deleted(request, object_id):
            return self._ask_to_add(request, deleted_words(self.model, object_id), extra_context)
        return super().changeform_view(request, object_id, form_url, extra_context)

    # Adding once

    def _add_once(self, request, form_url, extra_context):
        if not self.has_add_permission(request):
            raise PermissionDenied
        token = request.POST.get(TOKEN, "")
        sent = SentForm.objects.filter(token=token).first() if token else None
        if sent is None:
            try:
                response = super().changeform_view(request, None, form_url, extra_context)
            except SentMeanwhile:
                response = None
            # Refused, perhaps because of what the other press of the button added while this one waited.
            refused = response is None or (response.status_code == 200 and IS_POPUP_VAR not in request.POST)
            sent = SentForm.objects.filter(token=token).first() if token and refused else None
            if sent is None:
                return response
        made = self.get_queryset(request).filter(pk=sent.made).first() if sent.made else None
        if made and sent.digest == _digest(request):
            return self._lead_to(request, made)
        return self._ask_to_add(request, sent_before_words(made), extra_context)

    def _lead_to(self, request, made):
        if IS_POPUP_VAR in request.POST:
            return self.response_add(request, made)  # the window hands it over and closes
        messages.info(request, _("“%(name)s” was added once. Here it is.") % {"name": made})
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", made.pk)

    def save_model(self, request, obj, form, change):
        token = "" if change else request.POST.get(TOKEN, "")[:32]
        if not token:
            super().save_model(request, obj, form, change)
            return
        sent = note_sent(token, _digest(request))
        super().save_model(request, obj, form, change)
        sent.made, sent.program_id = str(obj.pk), program_id_of(obj)
        sent.save()

    # Asking first

    def was_deleted(self, request, object_id):
        """Whether what the form is about is gone, and the user may add it again."""
        pk = unquote(object_id)
        gone = pk.isdecimal() and not self.model._base_manager.filter(pk=pk).exists()
        return gone and request.method == "POST" and self.has_add_permission(request)

    def _ask_to_add(self, request, text, extra_context):
        """What was typed, as a form that adds it when it is sent again; ``text`` says why."""
        data = request.POST.copy()
        for key in [key for key in data if key.startswith("initial-")]:
            del data[key]
        for inline in self.get_inline_instances(request):
            rows = inline.get_formset(request)
            own = rf"{rows.get_default_prefix()}-\d+-({rows.model._meta.pk.name}|{rows.fk.name})"
            for key in [key for key in data if re.fullmatch(own, key)]:
                data[key] = ""  # new rows, of a new object
            data[f"{rows.get_default_prefix()}-INITIAL_FORMS"] = "0"
        data[TOKEN] = new_token()
        request.POST = data
        request.refusal = text
        program = data.get("program", "")
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        url += f"?program={program}" if program.isdecimal() else ""
        return super().changeform_view(request, None, url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add:
            context["form_token"] = request.POST.get(TOKEN) or new_token()
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Saying what was merged

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.merged:
            names = [capfirst(str(form.fields[name].label)) for name in form.merged]
            text = _(
                "Somebody else saved this while you had it open. Their changes are kept beside yours: "
                "%(fields)s."
            )
            messages.info(request, text % {"fields": get_text_list(names, _("and"))})


def deleted_words(model, pk):
    kind = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind, object_id=pk, action_flag=DELETION)
    entry = entries.select_related("user").first()
    if entry is None:
        return _("This was deleted while you had it open. What you typed is here: save to add it again.")
    text = _("%(who)s deleted this while you had it open. What you typed is here: save to add it again.")
    return text % {"who": entry.user.get_full_name() or entry.user.get_username()}


def sent_before_words(made):
    """Why a form that was sent before is not taken again as it is; ``made`` is what it added, or None."""
    if made:
        text = _("This form was sent before and added “%(name)s”. If this is another one, save again.")
        return text % {"name": made}
    return _("This was added and then deleted. What you typed is here: save again to add it.")


def new_token():
    return secrets.token_hex(16)


def _digest(request):
    """Of what was typed: the same for the same words, whatever button was pressed."""
    sent = sorted((key, values) for key, values in request.POST.lists() if key not in BUTTONS)
    files = sorted((key, file.name, file.size) for key, file in request.FILES.items())
    return digest_of(sent, files)


def digest_of(*typed):
    return sha256(repr(typed).encode()).hexdigest()
