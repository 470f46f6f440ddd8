"""The cache that all workers share: the limits of sign-in take their lock in it."""

from multiprocessing import get_context

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections


def _worker(keys, start, won):
    start.wait()
    won.put([key for key in keys if cache.add(key, True, 60)])
    connection.close()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_add_is_won_by_one_of_two_processes():
    connections.close_all()  # each process opens its own
    context = get_context("fork")
    start, won = context.Barrier(2), context.Queue()
    keys = [f"lock{number}" for number in range(200)]
    workers = [context.Process(target=_worker, args=(keys, start, won)) for _ in range(2)]

    for worker in workers:
        worker.start()
    winners = won.get(timeout=60) + won.get(timeout=60)
    for worker in workers:
        worker.join()

    assert sorted(winners) == sorted(keys)


@pytest.mark.django_db
def test_add_replaces_what_has_expired_and_nothing_else():
    cache.set("old", 1, timeout=-2)

    assert cache.add("old", 2, 60)
    assert not cache.add("old", 3, 60)
    assert cache.get("old") == 2


@pytest.mark.django_db
def test_migrate_makes_the_table():
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE portal_cache")

    call_command("migrate", verbosity=0)

    cache.set("counted", 1)
    assert cache.get("counted") == 1
