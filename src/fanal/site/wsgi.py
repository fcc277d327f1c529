"""One WSGI application a face: DJANGO_SETTINGS_MODULE says which."""

from django.core.wsgi import get_wsgi_application

from fanal.site import logs

logs.quiet_end()
application = get_wsgi_application()
