"""What tests of the admin's pages share."""

import re

from tests.makers import make_user

LIST = "/admin/participants/participant/"


def sign_in_staff(client, reads_travel=False):
    user = make_user(role="Staff", reads_travel=reads_travel)
    client.force_login(user)
    return user


def text_of(response):
    content = re.sub(r"<(head|script|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", content).split())


def names_on(response):
    return re.findall(r'class="c-name">\s*<a\s[^>]*>\s*<bdi>(.*?)</bdi>', response.content.decode())


def act(client, action, people, query="", **data):
    chosen = {"action": action, "_selected_action": [person.pk for person in people]}
    return client.post(f"{LIST}{query}", chosen | data, follow=True)


def statuses(program):
    return list(program.participants.order_by("pk").values_list("status", flat=True))


def form_data(**changes):
    data = {
        "name": "Sample Person",
        "country": "NP",
        "status": "nominated",
        "email": "sample@example.org",
        "diet": "any",
    }
    return data | changes
