"""Where an application server finds the app: ``gunicorn buurtbegroting.wsgi:app``."""

from buurtbegroting.app import create_app

app = create_app()
