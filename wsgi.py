"""Where an application server finds the app: ``gunicorn wsgi:app``."""

from buurtbegroting.app import create_app

app = create_app()
