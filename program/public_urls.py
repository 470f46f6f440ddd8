"""The public addresses. Imported under both languages: English without a prefix, the other under /id/."""

from datetime import date

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from .views import about, agenda, feeds, home, places, site


class DayConverter:
    """An ISO date in an address; anything that is no date is a 404."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, text):
        return date.fromisoformat(text)

    def to_url(self, day):
        return day.isoformat()


class NumberConverter(IntConverter):
    """A primary key, spelt in one way: 17 and not 017, or each spelling would be another page to keep."""

    regex = "[1-9][0-9]*"


register_converter(DayConverter, "day")
register_converter(NumberConverter, "number")

app_name = "program"
urlpatterns = [
    path("", home.root, name="root"),
    path("programs/", home.program_list, name="list"),
    path("appearance/", site.appearance, name="appearance"),
    path("healthz", site.healthz, name="healthz"),
    path("<slug:slug>/", home.home, name="home"),
    path("<slug:slug>/agenda/", agenda.agenda, name="agenda"),
    path("<slug:slug>/agenda/<day:day>/", agenda.agenda_day, name="agenda-day"),
    path("<slug:slug>/agenda/<number:pk>/", agenda.agenda_item, name="agenda-item"),
    path("<slug:slug>/agenda/<number:pk>.ics", feeds.item_ics, name="item-ics"),
    path("<slug:slug>/agenda.ics", feeds.agenda_ics, name="agenda-ics"),
    path("<slug:slug>/agenda.json", feeds.agenda_json, name="agenda-json"),
    path("<slug:slug>/hosts/", places.hosts, name="hosts"),
    path("<slug:slug>/hosts/<slug:host>/", places.host, name="host"),
    path("<slug:slug>/venues/", places.venues, name="venues"),
    path("<slug:slug>/about/", about.about_data, name="about-data"),
    path("<slug:slug>/changes/", about.changes, name="changes"),
    path("<slug:slug>/cloth.svg", feeds.cloth, name="cloth"),
    path("<slug:slug>/sitemap.xml", site.sitemap_of_program, name="sitemap"),
]
