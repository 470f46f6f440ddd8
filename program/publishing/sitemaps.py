"""The public pages of a program for search engines, each in both languages."""

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.urls import reverse


class ProgramSitemap(Sitemap):
    i18n = True
    alternates = True

    def __init__(self, published):
        self.published = published
        # Each program's own release says when its pages changed.
        self.lastmod = published.published_at

    def items(self):
        agenda = self.published.agenda
        pages = ("home", "agenda", "hosts", "venues", "about-data", "changes")
        return [
            *((page,) for page in pages),
            *(("agenda-day", day.date) for day in agenda.days),
            *(("agenda-item", item.id) for item in agenda.items),
            *(("host", organization.slug) for organization in agenda.organizations),
        ]

    def location(self, page):
        name, *rest = page
        return reverse(f"program:{name}", args=[self.published.agenda.program.slug, *rest])


def program_sitemap(request, published):
    """The finished sitemap of a release."""
    # Django also asks for the scheme of the request here, so addresses are those of this host.
    return sitemap(request, {"program": ProgramSitemap(published)}).render()
