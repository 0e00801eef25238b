"""Finding what is public: one way of reading words, one index, the same on both databases.

An index of words in plain tables and not the full-text search of each database: see docs/adr/0013-search.md.
"""

from .finding import Found, Hit, Query, find, keys_holding, similar, suggestions
from .index import Entry, Kind, SearchEntry, SearchTerm, init_app, kinds, rebuild
from .words import LONGEST_QUERY, pieces, variants

__all__ = [
    "LONGEST_QUERY",
    "Entry",
    "Found",
    "Hit",
    "Kind",
    "Query",
    "SearchEntry",
    "SearchTerm",
    "find",
    "init_app",
    "keys_holding",
    "kinds",
    "pieces",
    "rebuild",
    "similar",
    "suggestions",
    "variants",
]
