"""Where what comes with the program lies (lessons, migrations, the manifest): in a wheel, an image or a checkout."""

from __future__ import annotations

from pathlib import Path


def folder(name: str) -> Path:
    """The folder (or file) `name` of this installation, whatever the working folder is."""
    here = Path(__file__).resolve().parent
    inside = here / "_packaged" / name
    return inside if inside.exists() else here.parent / name
