"""The limits of sign-in with several workers, which share nothing but the cache: they count together."""

from collections import Counter
from multiprocessing import get_context

import pytest
from allauth.core import ratelimit
from django.conf import settings
from django.db import connection, connections
from django.test import RequestFactory

WORKERS = 4
ATTEMPTS = 2
PEOPLE = 30


def _worker(start, let_on):
    """Ask for codes for each person, at the same time as the others; tell for whom one was let on."""
    passed = []
    for number in range(PEOPLE):
        request = RequestFactory().post("/account/login/", REMOTE_ADDR=f"192.0.2.{number}")
        start.wait()
        for _attempt in range(ATTEMPTS):
            if ratelimit.consume(request, action="request_login_code", key=f"person{number}@example.org"):
                passed.append(number)
    connection.close()
    let_on.put(passed)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_three_codes_a_minute_for_one_address_whoever_counts():
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    connections.close_all()  # each worker opens its own
    context = get_context("fork")
    start, let_on = context.Barrier(WORKERS), context.Queue()
    workers = [context.Process(target=_worker, args=(start, let_on)) for _number in range(WORKERS)]

    for worker in workers:
        worker.start()
    passed = Counter(number for _worker in workers for number in let_on.get(timeout=120))
    for worker in workers:
        worker.join()

    assert passed == dict.fromkeys(range(PEOPLE), 3)
