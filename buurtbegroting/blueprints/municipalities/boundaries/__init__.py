"""Wijken and buurten as the statistics office (CBS) and PDOK publish them: GeoJSON or GeoPackage, WGS84 or RD."""

from .areas import Boundaries, Boundary
from .reading import read_boundaries

__all__ = ["Boundaries", "Boundary", "read_boundaries"]
