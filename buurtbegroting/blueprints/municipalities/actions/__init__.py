"""Deeds on municipalities: setting one up, and what an admin decides about it."""

from .setting_up import (
    AreaImport,
    PostcodeImport,
    Settings,
    add_host,
    change_municipality,
    compose_area,
    create_municipality,
    import_areas,
    import_postcodes,
    set_theme,
)

__all__ = [
    "AreaImport",
    "PostcodeImport",
    "Settings",
    "add_host",
    "change_municipality",
    "compose_area",
    "create_municipality",
    "import_areas",
    "import_postcodes",
    "set_theme",
]
