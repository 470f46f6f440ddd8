"""The addresses of all slices, under one namespace: each slice lists its own."""

from django.urls import include, path

SLICES = (
    *("accounts", "me", "people", "travel", "attendance"),
    *("papers", "logistics", "certificates", "privacy"),
)

app_name = "participants"
urlpatterns = [path("", include(f"participants.{name}.urls")) for name in SLICES]
