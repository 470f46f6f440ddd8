"""The words of a cell: kinds, statuses and groups, in English and Bahasa Indonesia. Pure."""

import re
from functools import cache

from django.utils import translation
from django.utils.translation import gettext as _

from program.agenda.kinds import Kind, Status
from program.folding import fold

# What the words of a title say about its kind; the first that fits.
KIND_WORDS = (
    (Kind.REGISTRATION, r"registra|check-?\s?in\b|daftar ulang|pendaftaran"),
    (Kind.CEREMONY, r"opening|pembukaan|closing|penutupan|ceremon|upacara|sambutan|welcome remarks"),
    (Kind.MEAL, r"ishoma|\bmakan\b|lunch|dinner|breakfast|santap|sarapan|jamuan|\bmeal"),
    (Kind.BREAK, r"coffee|\bkopi\b|rehat|istirahat|\bbreak\b|\btea\b|sholat|\bsalat\b"),
    (
        Kind.TRAVEL,
        r"\bbus?s?\b|perjalanan|keberangkatan|berangkat|\bmenuju\b|transfer|transport|departure|arrival"
        r"|kedatangan|kepulangan|penjemputan|pick-?\s?up|check-?\s?out|\bflight|penerbangan|travel",
    ),
    (Kind.WORKSHOP, r"workshop|lokakarya|praktik|praktek|hands-on"),
    (Kind.CULTURE, r"museum|cultural|budaya|angklung|pertunjukan|city tour|wisata|sightseeing"),
    (Kind.VISIT, r"visit|kunjungan|peninjauan|study tour|field trip"),
    (Kind.BRIEFING, r"briefing|pengarahan|orienta|technical meeting|rapat|evaluasi|evaluation"),
    (
        Kind.SESSION,
        r"session|\bsesi\b|paparan|materi\b|presenta|lecture|diskusi|discussion|panel|kelas|seminar|kuliah",
    ),
)
STATUS_WORDS = {
    Status.PLANNED: "planned, plan, draft, tentative, rencana, direncanakan, tentatif, belum pasti",
    Status.CONFIRMED: "confirmed, fix, fixed, ok, pasti, dipastikan, terkonfirmasi, dikonfirmasi",
    Status.CANCELLED: "cancelled, canceled, batal, dibatalkan",
}
EVERYBODY = (
    "everybody, everyone, all, all participants, all groups, "
    "semua, semua peserta, seluruh peserta, semua kelompok"
)
GROUP = re.compile(r"^(groups?|kelompok|grup|kel)\b\.?\s*")
INDONESIAN = (
    "dan di ke dari yang oleh untuk dengan pada atau tentang kunjungan makan siang malam pagi pembukaan "
    "penutupan istirahat rehat sesi perjalanan menuju peserta pelatihan industri kegiatan sambutan upacara "
    "laporan diskusi lokakarya praktik materi paparan pengarahan kedatangan keberangkatan foto bersama "
    "penyerahan sertifikat"
)
ENGLISH = (
    "and the of to at in on for with from by visit lunch dinner breakfast opening closing session break "
    "group photo welcome briefing arrival departure tour discussion presentation how hotel remarks "
    "introduction"
)


def key(text):
    """``text`` as words are compared: case, accents, spaces and punctuation do not count."""
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


def guess_kind(title, teaches=False):
    """The Kind that the words of a title speak for; without any, a session if somebody ``teaches``."""
    plain = fold(title)
    for kind, words in KIND_WORDS:
        if re.search(words, plain):
            return kind
    return Kind.SESSION if teaches else None


def find_kind(text):
    """The Kind that a cell names, by its name in either language or by other words for it; or None."""
    return _choices(Kind).get(key(text)) or guess_kind(text)


def find_status(text):
    return _choices(Status).get(key(text))


@cache
def _choices(choices):
    found = {}
    for choice in choices:
        words = STATUS_WORDS.get(choice, "").split(",") if choices is Status else []
        for language in ("en", "id"):
            with translation.override(language):
                words.append(str(choice.label))
        found.update((key(word), choice) for word in (choice.value, *words) if key(word))
    return found


def is_everybody(text):
    return key(text) in {key(word) for word in (*EVERYBODY.split(","), _("Everybody"))}


def find_groups(text, groups):
    """The primary keys of the groups that a cell names. ``groups`` {name: pk}; empty for everybody.

    Raises LookupError with the name of one that is not there.
    """
    if is_everybody(text):
        return frozenset()
    known = {key(name): pk for name, pk in groups.items()}
    if (whole := _group(text, known)) is not None:
        return frozenset([whole])
    parts = [part for part in re.split(r"[,;&+/\n]|\bdan\b|\band\b", fold(text)) if part.strip()]
    found = set()
    for part in parts:
        pk = _group(part, known)
        if pk is None:
            raise LookupError(part.strip() if len(parts) > 1 else text.strip())
        found.add(pk)
    return frozenset(found)


def _group(text, known):
    plain = key(text)
    return known.get(plain, known.get(GROUP.sub("", plain)))


def is_indonesian(titles):
    """Whether the words of ``titles`` are Indonesian (True), English (False), or neither says (None)."""
    words = [word for title in titles for word in key(title).split()]
    local, english = (sum(word in known.split() for word in words) for known in (INDONESIAN, ENGLISH))
    return None if local == english else local > english
