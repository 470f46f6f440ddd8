"""Releases kept before groups had ids get them, and are otherwise as they were."""

from importlib import import_module

import pytest
from django.apps import apps

from program.models import Release
from program.publishing import releases
from tests.makers import make_group, make_item, make_program, make_release

pytestmark = pytest.mark.django_db
migration = import_module("program.migrations.0006_release_group_ids")


def without_ids(release):
    """``release`` as it was kept before: groups by their names alone."""
    data = release.data
    for group in data["groups"]:
        del group["id"]
    for item in data["items"]:
        del item["group_ids"]
    with_old = Release(pk=release.pk, data=data)
    super(Release, with_old).save_base(update_fields=["data"], force_update=True)
    releases.load.cache_clear()
    return data


def upgraded(release):
    migration.add_ids(apps_of_before(), None)
    releases.load.cache_clear()
    return releases.load(*release.key)


class apps_of_before:
    """The models as a migration has them: a release can be saved."""

    def get_model(self, label, name):
        return apps.get_model(label, name)


@pytest.fixture(autouse=True)
def may_save(monkeypatch):
    from django.db import models

    monkeypatch.setattr(Release, "save", models.Model.save)
    yield
    releases.load.cache_clear()


@pytest.fixture
def program():
    program = make_program()
    a, b = make_group(program, "A"), make_group(program, "B")
    make_item(program, "Weaving", "09:00", "10:00", groups=[a])
    make_item(program, "Dyeing", "10:00", "11:00", groups=[a, b])
    make_item(program, "Lunch", "12:00", "13:00")
    return program


def test_names_become_ids_and_nothing_else_changes(program):
    release = make_release(program)
    whole = release.data
    release = Release.objects.get(pk=release.pk)
    without_ids(release)

    assert upgraded(release).data == whole
    assert releases.draft(program).is_published


def test_a_group_renamed_since_is_found_by_its_items(program):
    release = make_release(program)
    without_ids(Release.objects.get(pk=release.pk))
    program.groups.filter(name="A").update(name="Red")

    agenda = upgraded(release).agenda

    assert [(g.id, g.name) for g in agenda.groups] == [
        (program.groups.get(name="Red").pk, "A"),
        (program.groups.get(name="B").pk, "B"),
    ]


def test_a_group_that_is_gone_is_one_group_in_all_releases_and_nobodys(program):
    first = make_release(program)
    second = make_release(program)
    for release in (first, second):
        without_ids(Release.objects.get(pk=release.pk))
    for item in program.items.all():
        item.set_groups([])
    program.groups.filter(name="A").delete()

    ids = [upgraded(release).agenda.group_asked("A").id for release in (first, second)]

    assert ids == [-1, -1]


def test_the_upgrade_done_twice_changes_nothing(program):
    release = make_release(program)
    without_ids(Release.objects.get(pk=release.pk))

    once = upgraded(release).data

    assert upgraded(release).data == once
