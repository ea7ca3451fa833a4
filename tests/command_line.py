"""`missinglink` in the process of the test: a start of its own costs more than what most commands do."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from bot.cli import main


def command(
    capsys: pytest.CaptureFixture[str], *words: str, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command as `main` does, with nothing but this environment; what it printed, and its exit code."""
    capsys.readouterr()
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with pytest.MonkeyPatch.context() as patch, mock.patch.dict(os.environ, {**kept, **environment}, clear=True):
        patch.chdir(cwd)
        patch.setattr(sys, "argv", ["missinglink", *words])
        patch.setattr(sys, "stdin", io.StringIO())
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    out, err = capsys.readouterr()
    return subprocess.CompletedProcess(words, code if isinstance(code, int) else int(code is not None), out, err)
