"""The Content-Security-Policy and Permissions-Policy of every answer: Django 5.2 sends none of its own."""

from django.conf import settings


def content_policy(get_response):
    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware
