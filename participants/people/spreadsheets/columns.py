"""Recognises the columns of a spreadsheet and the words in its cells, in English and Indonesian."""

import re
from functools import cache

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import Participant
from program.countries import country_name
from program.folding import fold

Status, Diet = Participant.Status, Participant.Diet

# The columns of a spreadsheet of people, in order, with their heads; further heads that people use.
COLUMNS = {
    "email": gettext_lazy("E-mail"),
    "name": gettext_lazy("Name as in the passport"),
    "preferred_name": gettext_lazy("Preferred name"),
    "own_script_name": gettext_lazy("Name in own script"),
    "country": gettext_lazy("Country"),
    "institution": gettext_lazy("Institution"),
    "position": gettext_lazy("Position"),
    "phone": gettext_lazy("Mobile telephone"),
    "group": gettext_lazy("Group"),
    "status": gettext_lazy("Status"),
    "diet": gettext_lazy("Diet"),
    "diet_note": gettext_lazy("Diet, in words"),
    "room": gettext_lazy("Hotel room"),
}
OTHER_HEADS = {
    "email": "email, e-mail address, email address, mail, surel, alamat surel, alamat email, pos-el",
    "name": "full name, participant, passport name, nama, nama lengkap, nama peserta, nama sesuai paspor",
    "preferred_name": "nickname, badge name, called, nama panggilan",
    "own_script_name": "own script, native name, local name, nama dalam aksara sendiri, nama aksara sendiri",
    "country": "country of origin, nationality, negara, asal negara, negara asal, kebangsaan",
    "institution": "organization, organisation, institute, ministry, instansi, lembaga, asal instansi",
    "position": "job title, jabatan",
    "phone": (
        "phone, telephone, mobile, mobile phone, whatsapp, phone number, "
        "telepon, no telepon, nomor telepon, hp, no hp, nomor hp, ponsel, telepon seluler"
    ),
    "group": "kelompok, grup",
    "status": "status peserta",
    "diet": "dietary needs, food, diet makanan, pola makan, makanan, pantangan",
    "diet_note": "diet note, allergies, diet dengan kata-kata, catatan diet, catatan makanan, alergi",
    "room": "room, room number, kamar, nomor kamar, no kamar, kamar hotel",
}
WORDS = {
    "status": {
        Status.NOMINATED: "dinominasikan, diusulkan, calon",
        Status.ACCEPTED: "diterima",
        Status.CONFIRMED: "terkonfirmasi, dikonfirmasi, dipastikan",
        Status.WITHDRAWN: "mengundurkan diri, mundur, batal",
    },
    "diet": {
        Diet.ANY: "none, no restriction, tidak ada, tanpa pantangan",
        Diet.HALAL: "",
        Diet.VEGETARIAN: "vegetaris",
        Diet.VEGAN: "",
        Diet.NO_BEEF: "tanpa daging sapi, tidak makan daging sapi",
        Diet.OTHER: "lain, lainnya, lain-lain",
    },
}


def key(text):
    """``text`` as heads and words are compared: case, accents, spaces and punctuation do not count."""
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


def _in_both_languages(label):
    for language in ("en", "id"):
        with translation.override(language):
            yield str(label)


def find_head(text):
    """The name of the column with that head, or None."""
    return _heads().get(key(text))


@cache
def _heads():
    heads = {}
    for name, label in COLUMNS.items():
        known = (name, *_in_both_languages(label), *OTHER_HEADS[name].split(","))
        heads.update((key(head), name) for head in known)
    return heads


def find_word(column, text):
    """The choice that a cell of "status" or "diet" means, by code or by name; None when it means none."""
    return _words(column).get(key(text))


@cache
def _words(column):
    words = {}
    for choice, others in WORDS[column].items():
        known = (choice.value, *_in_both_languages(choice.label), *others.split(","))
        words.update((key(word), choice.value) for word in known if word)
    return words


def find_group(groups, text):
    """The one of ``groups`` that "B", "group B" or "Kelompok B" means; None when it means none."""
    word = re.sub(r"^(group|kelompok|grup) ", "", key(text))
    return next((group for group in groups if key(group.name) in (key(text), word)), None)


def in_words(column, value):
    """A column's value as people read it, in the page's language; ``find_…`` understand it again."""
    if column == "country":
        return country_name(value) if value else ""
    if column in WORDS:
        return str(dict(Participant._meta.get_field(column).flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)
