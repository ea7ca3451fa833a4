"""The location of packaged files (lessons, migrations, the manifest): in a wheel, an image or a checkout."""

from __future__ import annotations

from pathlib import Path


def folder(name: str) -> Path:
    """Return the packaged folder or file `name`, independent of the working folder."""
    here = Path(__file__).resolve().parent
    inside = here / "_packaged" / name
    return inside if inside.exists() else here.parent / name
