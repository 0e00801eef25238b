"""Elections as Pabulib files (.pb): META, PROJECTS and VOTES, each a small table with semicolons.

The format is described at pabulib.org; this reader takes what is met in the wild (quoted fields, byte order mark,
decimal comma, extra columns, unknown META keys) and refuses the rest with file, line and field.
"""

from .files import PabulibFile, parse, read
from .records import MAX_LINE
from .writing import from_election, write

__all__ = ["MAX_LINE", "PabulibFile", "from_election", "parse", "read", "write"]
