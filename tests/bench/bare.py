"""What the portal is measured against: Django, no middleware, a view that returns a string."""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(SECRET_KEY="bare", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[])
django.setup()

urlpatterns = [path("", lambda request: HttpResponse("Hello"))]
application = get_wsgi_application()
