import os

from django.core.wsgi import get_wsgi_application

from .mail_check import require_mail

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "program.settings")

application = get_wsgi_application()
require_mail()
