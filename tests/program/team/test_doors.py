"""That no model, admin or inline of what belongs to a program was forgotten."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin

from program.admin.agenda_list import ProgramFilter
from program.admin.rights import InProgram, InProgramInline
from program.models import Program
from program.team.models import Membership
from program.team.rights import OfProgramQuerySet, path_to_program

LABELS = {"program", "team", "classroom", "visits", "participants"}


def is_history(model):
    return hasattr(model, "history_type") or hasattr(model, "history_date")


def models():
    """Every model of ours; all of them belong to a program."""
    found = [m for m in apps.get_models() if m._meta.app_label in LABELS and not is_history(m)]
    assert Program in found and len(found) > 20
    return found


def ours():
    """Every ModelAdmin of such a model."""
    return [a for model, a in admin.site._registry.items() if model in models()]


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_every_model_has_the_one_door_and_knows_its_program(model):
    assert isinstance(model._default_manager.all(), OfProgramQuerySet)

    target = model
    for name in path_to_program(model).split("__"):
        target = target if name == "pk" else target._meta.get_field(name).related_model

    assert target is Program


@pytest.mark.parametrize("model_admin", ours(), ids=str)
def test_every_admin_asks_for_rights_in_the_program(model_admin):
    assert isinstance(model_admin, InProgram)
    first = [c for c in type(model_admin).__mro__ if c in (InProgram, admin.ModelAdmin)]
    assert first == [InProgram, admin.ModelAdmin]


@pytest.mark.parametrize("model_admin", ours(), ids=str)
def test_every_inline_asks_for_rights_in_the_program(model_admin):
    assert all(issubclass(inline, InProgramInline) for inline in model_admin.inlines)
    assert all(issubclass(inline, InlineModelAdmin) for inline in model_admin.inlines)


@pytest.mark.parametrize("model_admin", ours(), ids=str)
def test_a_list_with_actions_shows_one_program_at_a_time(model_admin, rf):
    filters = model_admin.get_list_filter(rf.get("/"))
    alone = model_admin.actions is None or not (model_admin.actions or model_admin.model is Membership)

    assert ProgramFilter in filters or alone


@pytest.mark.parametrize("model_admin", ours(), ids=str)
def test_no_filter_lists_rows_of_other_programs(model_admin, rf):
    """Django's own filter by a foreign key offers every row there is."""
    plain = [name for name in model_admin.get_list_filter(rf.get("/")) if isinstance(name, str)]

    assert not [name for name in plain if model_admin.opts.get_field(name.split("__")[0]).is_relation]
