"""What is kept of the network of a wijk: houses and activities."""

from .houses import Activity, CancelledDay, House

__all__ = ["Activity", "CancelledDay", "House"]
