from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

# Organizers and staff sign in as everybody does: with a code.
admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("account/", include("participants.account_urls")),
        path("", include("participants.urls")),
        prefix_default_language=False,
    ),
]
