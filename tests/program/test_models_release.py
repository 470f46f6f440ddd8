"""Nobody can change a release."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from program.models import Release
from tests.makers import (
    make_item,
    make_program,
    make_release,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def release():
    program = make_program()
    make_item(program, "Foundry")
    return make_release(program, note="as it was")


def assert_as_it_was(release):
    kept = Release.objects.get()
    assert (kept.pk, kept.number, kept.note, kept.data) == (release.pk, 1, "as it was", release.data)


def test_release_is_not_saved_again(release):
    release = Release.objects.get()
    release.note = "changed"

    with pytest.raises(TypeError, match="never changed"):
        release.save()
    with pytest.raises(TypeError, match="never changed"):
        release.save(update_fields=["note"])

    release.refresh_from_db()
    assert_as_it_was(release)


def test_release_is_not_overwritten_under_its_primary_key(release):
    twin = Release(
        pk=release.pk,
        program=release.program,
        number=1,
        published_at=release.published_at,
        published_by=release.published_by,
        note="changed",
        data={},
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()

    assert_as_it_was(release)


def test_release_is_not_deleted(release):
    for delete in (release.delete, Release.objects.all().delete, release.program.releases.all().delete):
        with pytest.raises(TypeError, match="never deleted"):
            delete()

    assert_as_it_was(release)


def test_releases_are_not_changed_in_bulk(release):
    changed = Release.objects.get()
    changed.note = "changed"

    for change in (
        lambda: Release.objects.update(note="changed"),
        lambda: release.program.releases.filter(number=1).update(note="changed"),
        lambda: Release.objects.bulk_update([changed], ["note"]),
        lambda: Release.objects.update_or_create(pk=release.pk, defaults={"note": "changed"}),
    ):
        with pytest.raises(TypeError, match="never changed"), transaction.atomic():
            change()

    assert_as_it_was(release)


def test_release_number_is_there_once(release):
    twin = Release(
        program=release.program,
        number=1,
        published_at=release.published_at,
        published_by=release.published_by,
        data={},
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()

    assert_as_it_was(release)


def test_organizer_who_published_cannot_be_deleted(release):
    with pytest.raises(ProtectedError):
        release.published_by.delete()

    assert_as_it_was(release)
