"""Puts the index of the shipped base into the wheel, so that no first start has to build it.

Where what builds it is missing (an installation without build isolation), the wheel goes without: a first start then takes some seconds.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShippedIndex(BuildHookInterface):  # type: ignore[type-arg]
    """The hook that hatch calls around the making of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from bot import load
        except ImportError as error:
            self.app.display_warning(f"The wheel goes without an index of its base: {error}.")
            return
        self.folder = TemporaryDirectory()
        file = Path(self.folder.name) / "shipped.kb"
        load.ship(root / "intents", file)
        build_data["force_include"][str(file)] = "bot/cache/shipped.kb"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if folder := getattr(self, "folder", None):
            folder.cleanup()
