"""Groups in the admin, with the people in them: who is in a group is known before it is deleted."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.people.group_deleting import Belongings, delete
from program.admin.places import GroupAdmin
from program.models import Group

from .forms import WITHOUT_GROUP
from .frame import page

NONE = "none"


class DeleteForm(forms.Form):
    """Where people and items go; each asked only when there are any, and nothing chosen before."""

    people_to = forms.ChoiceField(label=gettext_lazy("Where do these people go?"), widget=forms.RadioSelect)
    items_to = forms.ChoiceField(label=gettext_lazy("Who are these items for?"), widget=forms.RadioSelect)

    def __init__(self, *args, group, belongings, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = {str(other.pk): other for other in group.program.groups.exclude(pk=group.pk)}
        names = [(pk, _("Group %(name)s") % {"name": other.name}) for pk, other in self.others.items()]
        self.fields["people_to"].choices = [*names, (NONE, _("No group"))]
        self.fields["items_to"].choices = [
            *names,
            (NONE, _("No other group: items for this group only become items for everybody")),
        ]
        if not (belongings.people or belongings.announcements):
            del self.fields["people_to"]
        if not belongings.items:
            del self.fields["items_to"]

    def chosen(self, name):
        """The Group chosen in the field ``name`` of a valid form; None for no group."""
        return self.others.get(self.cleaned_data.get(name, NONE))


admin.site.unregister(Group)


@admin.register(Group)
class GroupOfPeopleAdmin(GroupAdmin):
    def get_actions(self, request):
        """Groups are deleted one by one: for each it is asked where its people go."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def delete_view(self, request, object_id, extra_context=None):
        group = self.get_object(request, unquote(object_id))
        if not self.has_delete_permission(request, group):
            raise PermissionDenied
        belongings = Belongings.of(group)
        data = request.POST if request.method == "POST" else None
        form = DeleteForm(data, group=group, belongings=belongings)
        if form.is_valid():
            name, count = group.name, len(belongings.people)
            delete(
                group,
                people_to=form.chosen("people_to"),
                items_to=form.chosen("items_to"),
                by=request.user,
            )
            text = ngettext(
                "Group %(name)s is deleted; %(count)d person was in it.",
                "Group %(name)s is deleted; %(count)d people were in it.",
                count,
            )
            messages.success(request, text % {"name": name, "count": count})
            return redirect(f"{reverse('admin:program_group_changelist')}?program={group.program_id}")
        return page(
            request,
            "people/group_delete.html",
            group.program,
            _("Delete group %(name)s") % {"name": group.name},
            group=group,
            belongings=belongings,
            form=form,
            without_group=WITHOUT_GROUP,
        )
