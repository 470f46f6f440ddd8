"""What My schedule asks of people about their travel."""

from django.utils.translation import gettext as _

from participants.prompts import Place, Prompt


def ask(phase, known):
    if phase == "before":
        yield Prompt(
            Place.TODO,
            _("Check your flights, so that you are met at the airport, and whom we call in an emergency"),
            "participants:travel",
        )
