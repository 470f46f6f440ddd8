"""Releases from before groups were known by their ids get these ids; nothing else in a release changes.

Until now a group's name stood for it, so the name tells which group is meant. A group that was renamed in the
draft since is found by the items it still has. One that is gone gets a number below zero, the same in all
releases of the program.
"""

from collections import Counter

from django.db import migrations


def add_ids(apps, schema_editor):
    Program, ItemGroup = apps.get_model("program", "Program"), apps.get_model("program", "ItemGroup")
    for program in Program.objects.all():
        ids = dict(program.groups.values_list("name", "pk"))
        groups_of = {}
        for item, group in ItemGroup.objects.filter(item__program=program).values_list("item", "group"):
            groups_of.setdefault(item, set()).add(group)
        gone = {}
        for release in program.releases.order_by("-number"):
            _fill(release.data, ids | _renamed(release.data, ids, groups_of), gone)
            release.save(update_fields=["data"])


def _renamed(data, ids, groups_of):
    """{name: id} of the groups of a release whose name no group has now, by the items that were theirs alone."""
    names = [row["name"] for row in data["groups"] if row["name"] not in ids]
    free = set(ids.values()) - {ids[row["name"]] for row in data["groups"] if row["name"] in ids}
    found = {}
    for name in names:
        items = (row["id"] for row in data["items"] if row["groups"] == [name])
        votes = Counter(pk for item in items for pk in groups_of.get(item, ()) if pk in free)
        if votes:
            found[name] = votes.most_common(1)[0][0]
            free.discard(found[name])
    return found


def _fill(data, ids, gone):
    for row in data["groups"]:
        name = row["name"]
        pk = ids.get(name) or gone.setdefault(name, -1 - len(gone))
        row.setdefault("id", pk)
    known = {row["name"]: row["id"] for row in data["groups"]}
    for item in data["items"]:
        item.setdefault("group_ids", [known[name] for name in item["groups"]])


class Migration(migrations.Migration):
    dependencies = [("program", "0005_operations_of_before")]

    operations = [migrations.RunPython(add_ids, migrations.RunPython.noop)]
