"""On what was measured, and which version of our engine."""

from __future__ import annotations

import os
import platform
import subprocess
import uuid
from pathlib import Path


def description() -> str:
    """Name the processor, its cores, the memory, the system and the Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {system}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or "unknown processor"


def our_version(root: Path) -> str:
    """Return the last commit that touched the engine; a name of its own for every run when it has been changed since.

    Other commits leave what was measured valid.
    """
    engine = "buurtbegroting/counting"
    commit = _git(root, "log", "-1", "--format=%h", "--", engine)
    if commit and not _git(root, "status", "--porcelain", "--", engine):
        return commit
    return f"{commit or 'unknown'} and changes {uuid.uuid4().hex[:6]}"


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip()
