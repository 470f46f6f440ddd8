"""The pages on which a person reads and changes what is kept about them."""

import re

PROFILE = "/ikm-2018/me/profile/"
TRAVEL = "/ikm-2018/me/travel/"
GOOD = {"diet": "halal", "preferred_name": "Sam", "phone": "+975 17 000 000"}


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def field(response, name):
    """What stands in a field of the form on a page."""
    return response.context["form"][name].value()
