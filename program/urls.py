from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from .views import preview, site

# Organizers and staff sign in as everybody does: with a code.
admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("favicon.ico", site.favicon),
    path("robots.txt", site.robots),
    path("sitemap.xml", site.sitemap, name="sitemap"),
    # The address of the page that is looked at has the language in it.
    path("preview/<int:pk>/", preview.preview, name="preview"),
    path("preview/<int:pk>/<str:group>/<str:moment>/<path:page>", preview.preview_page, name="preview-page"),
]
# English has no prefix; Bahasa Indonesia lives under /id/.
urlpatterns += i18n_patterns(
    path("admin/", admin.site.urls),
    path("account/", include("participants.accounts.allauth_urls")),
    path("", include("program.public_urls")),
    path("", include("sessions.urls")),
    path("", include("participants.urls")),
    prefix_default_language=False,
)
