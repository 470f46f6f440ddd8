"""What My schedule asks of people about themselves."""

from django.utils.translation import gettext as _

from participants.prompts import Place, Prompt


def ask(phase, known):
    if phase == "before":
        yield Prompt(
            Place.TODO,
            _("Check your diet, your telephone and what the others see of you"),
            "participants:profile",
        )
