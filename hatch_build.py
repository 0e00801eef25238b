"""Compiles the catalogues into the wheel."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Makes every messages.mo from its messages.po."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before files are collected."""
        for source in Path(self.root).glob("translations/*/LC_MESSAGES/messages.po"):
            # Written aside and moved, so that who reads it meanwhile never finds half a catalogue.
            aside = source.with_suffix(".mo.new")
            with source.open("rb") as texts, aside.open("wb") as compiled:
                write_mo(compiled, read_po(texts, locale=source.parents[1].name))
            aside.replace(source.with_suffix(".mo"))
