"""The front door: read the settings, start the parts, let every slice register itself."""

from __future__ import annotations

import flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from buurtbegroting import config
from buurtbegroting.blueprints.accounts.actions.signing_in import touch
from buurtbegroting.blueprints.accounts.queries import visitor_with
from buurtbegroting.blueprints.api.shell import Api
from buurtbegroting.blueprints.municipalities.queries import tenant_by_id, tenant_for_host
from buurtbegroting.foundation import crypto, database, paths, retention, search, vault
from buurtbegroting.foundation.logs import set_up_logs
from buurtbegroting.web import (
    access,
    addresses,
    errors,
    forms,
    headers,
    health,
    i18n,
    letters,
    pages,
    practices,
    providers,
    requests,
    signing_in,
    slices,
    subjects,
    tenants,
)

MAX_REQUEST_BYTES = 1024 * 1024


def create_app(settings: config.Settings | None = None) -> flask.Flask:
    """Return the app for these settings (default: the environment's); refuse to start with an unguarded route."""
    settings = settings or config.from_environment()
    set_up_logs(settings)
    app = flask.Flask("buurtbegroting", static_folder=str(paths.STATIC), static_url_path="/static")
    app.config.update(_flask_config(settings))
    crypto.init_app(app, (settings.secret_key, *settings.secret_key_fallbacks))
    vault.init_app(app, settings.keys)
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app,
            x_for=settings.trusted_proxies,
            x_proto=settings.trusted_proxies,
            x_host=settings.trusted_proxies,
        )
    _start_database(app, settings)
    _start_web(app, settings)
    access.refuse_unguarded_routes(app)
    return app


def _flask_config(settings: config.Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.mode == "test",
        "MAX_CONTENT_LENGTH": MAX_REQUEST_BYTES,
        "SQLALCHEMY_DATABASE_URI": settings.database,
        "SQLALCHEMY_ENGINE_OPTIONS": {"execution_options": {"clock_offset": settings.clock_offset}},
        "SECRET_KEY_FALLBACKS": list(settings.secret_key_fallbacks),
        "SETTINGS": settings,
    }


def _start_database(app: flask.Flask, settings: config.Settings) -> None:
    if not settings.database_url:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    database.db.init_app(app)
    with app.app_context():
        database.prepare_engine(database.db.engine)
    Migrate(app, database.db, directory=str(paths.MIGRATIONS), render_as_batch=True)


def _start_web(app: flask.Flask, settings: config.Settings) -> None:
    requests.init_app(app)
    tenants.init_app(app, tenant_for_host)
    i18n.init_app(app)
    addresses.init_app(app)
    signing_in.init_app(app, visitor_with, touch, is_production=settings.is_production)
    providers.init_app(app, settings)
    found = slices.discover()
    practices.init_app(app, found)
    pages.init_app(app, found)
    letters.init_app(app, settings, found, tenant_by_id)
    subjects.init_app(app, {kind: found_kind for each in found for kind, found_kind in each.subjects.items()})
    search.init_app(app, {kind: found_kind for each in found for kind, found_kind in each.search.items()})
    retention.init_app(app, [rule for each in found for rule in each.retention])
    api = Api(app)
    app.register_blueprint(health.blueprint)
    for each in found:
        for blueprint in each.blueprints:
            app.register_blueprint(blueprint)
        for part in each.api:
            api.register_blueprint(part)
        for command in each.commands:
            app.cli.add_command(command)
    if settings.mode == "demo":
        from buurtbegroting.sample import pages as demo_pages

        app.register_blueprint(demo_pages.blueprint)
    errors.init_app(app)
    forms.init_app(app)
    headers.init_app(app, is_production=settings.is_production, tile_host=settings.tile_host)
    access.open_route(app, "static")
