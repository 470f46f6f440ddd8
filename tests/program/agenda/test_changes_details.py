import pytest

from program.agenda.changes import Sort, compare

from .release_data import agenda, day, organization, venue


def details(before, after):
    """What changed outside the items: ``before`` and ``after`` are parts of a release."""
    changes = compare(agenda(**before), agenda(**after))
    assert all(change.sort == Sort.DETAILS and change.item is None for change in changes)
    return [change.sentence for change in changes]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"slug": "ikm-18"}, "Address: “ikm-18” instead of “ikm-2018”"),
        ({"title": "New title"}, "Title: “New title” instead of “Program on small industry”"),
        ({"local_title": ""}, "Title in Bahasa Indonesia: no longer “Program industri kecil”"),
        ({"short_title": "SMI"}, "Short title: “SMI” instead of “Small industry”"),
        ({"local_short_title": "IKM"}, "Short title in Bahasa Indonesia: “IKM” instead of “Industri kecil”"),
        ({"theme": "Research"}, "Theme: now “Research”"),
        ({"framework": "SSTC"}, "Framework: now “SSTC”"),
        ({"local_framework": "KSST"}, "Framework in Bahasa Indonesia: now “KSST”"),
        ({"headline": "Two cities"}, "Headline: now “Two cities”"),
        ({"summary": "A program."}, "Summary: now “A program.”"),
        ({"sources": "A report."}, "Sources: now “A report.”"),
        ({"local_sources": "Berita."}, "Sources in Bahasa Indonesia: now “Berita.”"),
        ({"countries": ["NP", "LK"]}, "Countries: now “NP, LK”"),
        (
            {"starts_on": "2018-07-17"},
            "First day: “Tuesday 17 July 2018” instead of “Wednesday 18 July 2018”",
        ),
        ({"ends_on": "2018-07-31"}, "Last day: “Tuesday 31 July 2018” instead of “Monday 30 July 2018”"),
        ({"timezone": "Asia/Makassar"}, "Time zone: “Asia/Makassar” instead of “Asia/Jakarta”"),
        ({"seats": 24}, "Seats: “24” instead of “20”"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_each_detail_of_the_program_in_words(change, sentence):
    assert details({}, {"program": change}) == [f"Program: {sentence}"]


def test_several_details_of_a_program_are_all_told():
    change = {"title": "New title", "local_title": "Judul baru", "sources": "A report.", "countries": ["NP"]}

    assert details({}, {"program": change}) == [
        "Program: Title: “New title” instead of “Program on small industry”;"
        " Title in Bahasa Indonesia: “Judul baru” instead of “Program industri kecil”;"
        " Sources: now “A report.”; Countries: now “NP”"
    ]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ([], [day(title="Metal")], "Title: now “Metal”"),
        ([day(title="Metal")], [day(title="Cloth")], "Title: “Cloth” instead of “Metal”"),
        ([day(title="Metal")], [], "Title: no longer “Metal”"),
        ([day()], [day(local_title="Logam")], "Title in Bahasa Indonesia: now “Logam”"),
        ([day()], [day(note="Bring water.")], "Note: now “Bring water.”"),
        ([day()], [day(local_note="Bawa air.")], "Note in Bahasa Indonesia: now “Bawa air.”"),
    ],
)
def test_words_of_a_day(before, after, sentence):
    assert details({"days": before}, {"days": after}) == [f"Tuesday 24 July 2018: {sentence}"]


def test_words_of_a_day_that_the_program_is_given():
    last = day(date="2018-07-31", title="Farewell")

    assert details({}, {"program": {"ends_on": "2018-07-31"}, "days": [last]}) == [
        "Program: Last day: “Tuesday 31 July 2018” instead of “Monday 30 July 2018”",
        "Tuesday 31 July 2018: Title: now “Farewell”",
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "Great hall"}, "Great hall: Name: “Great hall” instead of “Hall”"),
        ({"city": "Cimahi"}, "Hall: City: “Cimahi” instead of “Bandung”"),
        ({"address": "Jl. Contoh 1"}, "Hall: Address: now “Jl. Contoh 1”"),
        (
            {"latitude": -6.91, "longitude": 107.61},
            "Hall: Latitude: “-6.91” instead of “-6.9”; Longitude: “107.61” instead of “107.6”",
        ),
        ({"approximate": False}, "Hall: Position is approximate: no longer “yes”"),
        ({"capacity": 40}, "Hall: Capacity: now “40”"),
        ({"origin": "reported"}, "Hall: Origin: “Reported” instead of “Illustrative”"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_each_detail_of_a_venue_in_words(change, sentence):
    assert details({"venues": [venue("hall")]}, {"venues": [venue("hall", **change)]}) == [sentence]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "Center"}, "Center: Name: “Center” instead of “BBT”"),
        ({"local_name": "Balai"}, "BBT: Name in Bahasa Indonesia: now “Balai”"),
        ({"role": "host"}, "BBT: Role: “Host” instead of “Institute”"),
        ({"parent": "ministry"}, "BBT: Part of: now “Ministry of Industry”"),
        ({"description": "Research."}, "BBT: Description: now “Research.”"),
        ({"local_description": "Riset."}, "BBT: Description in Bahasa Indonesia: now “Riset.”"),
        ({"website": "https://example.org/"}, "BBT: Website: now “https://example.org/”"),
        ({"origin": "reported"}, "BBT: Origin: “Reported” instead of “Illustrative”"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_each_detail_of_an_organization_in_words(change, sentence):
    ministry = organization("ministry", name="Ministry of Industry")
    before, after = [ministry, organization("bbt")], [ministry, organization("bbt", **change)]

    assert details({"organizations": before}, {"organizations": after}) == [sentence]


def test_groups_venues_and_organizations_come_and_go():
    before = {"groups": "AB", "venues": [venue("hall")], "organizations": [organization("bbt")]}
    after = {
        "groups": [{"name": "A", "size": 12}, {"name": "C", "size": 8}],
        "venues": [venue("lab")],
        "organizations": [organization("bbk")],
    }

    assert details(before, after) == [
        "group A: Size: “12” instead of “10”",
        "group B: removed",
        "group C: new",
        "BBK: new",
        "BBT: removed",
        "Hall: removed",
        "Lab: new",
    ]
