"""Deeds on municipalities: setting one up, and what an admin decides about it."""

from .choices import (
    AccessibilityStatement,
    choose_practices,
    choose_term,
    state_accessibility,
    write_own_text,
)
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
    "AccessibilityStatement",
    "AreaImport",
    "PostcodeImport",
    "Settings",
    "add_host",
    "change_municipality",
    "choose_practices",
    "choose_term",
    "compose_area",
    "create_municipality",
    "import_areas",
    "import_postcodes",
    "set_theme",
    "state_accessibility",
    "write_own_text",
]
