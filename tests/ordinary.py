"""Running a command as a user whom the permissions of files stop, whoever runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def as_somebody_ordinary(command: list[str], cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end. Whoever runs the tests as root keeps the name here, and loses the powers."""
    powerless = [] if os.geteuid() else [shutil.which("setpriv") or "setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    return subprocess.run([*powerless, *command], cwd=cwd, env={"PYTHONPATH": str(ROOT), **environment},
                          capture_output=True, text=True, timeout=60, check=False)  # fmt: skip
