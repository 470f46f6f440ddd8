import os

from django.core.wsgi import get_wsgi_application

from .mail_check import require_mail
from .stack import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "program.settings")

application = with_room(get_wsgi_application())
require_mail()
