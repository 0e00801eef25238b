"""A real provider of identities in a process of its own, and one that lies."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests

SERVE = """
import sys
from oidc_provider_mock import run_server_in_thread
with run_server_in_thread(require_nonce=True) as server:
    print(server.server_port, flush=True)
    sys.stdin.read()
"""


@dataclass
class RunningProvider:
    """Where it answers, and how somebody signs in there."""

    issuer: str

    def knows(self, subject: str, **claims: Any) -> None:
        """Let the provider say this about somebody."""
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()

    def sign_in(self, address: str, subject: str) -> str:
        """Sign in at the address that we sent a browser to; return the path on our site that it leads back to."""
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"

    def refuse(self, address: str) -> str:
        """Press "no" there; return the path on our site that it leads back to."""
        answer = requests.post(address, data={"action": "deny"}, allow_redirects=False, timeout=5)
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"


@contextmanager
def running_provider() -> Iterator[RunningProvider]:
    """Yield a provider that runs for as long as it is needed."""
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield RunningProvider(f"http://localhost:{int(process.stdout.readline())}")
        finally:
            process.stdin.close()
            process.wait(10)


def toml(**facts: Any) -> str:
    """Return the operator's file with one provider."""
    return "[[provider]]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in facts.items())
