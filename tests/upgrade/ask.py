"""Asks the portal on a database of its own for pages: ``python -m tests.upgrade.ask``, a process of its own.

Each line it reads is [e-mail address or "", address of a page] as JSON; for each it writes a line, [status,
page, address of the page it was led to]. The clock stands at Tuesday 24 July 2018, 09:30 in Jakarta.
"""

import json
import os
import sys
from datetime import UTC, datetime

MOMENT = datetime(2018, 7, 24, 2, 30, tzinfo=UTC)


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()

    from django.contrib.auth import get_user_model
    from django.test import Client

    from program import clock

    clock.now = lambda: MOMENT
    for line in sys.stdin:
        who, address = json.loads(line)
        client = Client()
        if who:
            client.force_login(get_user_model().objects.get(email=who))
        response = client.get(address, follow=True)
        answer = [response.status_code, response.content.decode(), response.request["PATH_INFO"]]
        print(json.dumps(answer), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
