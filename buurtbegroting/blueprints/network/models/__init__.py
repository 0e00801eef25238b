"""What is kept of the network of a wijk: houses and activities, and what ties initiatives."""

from .houses import Activity, CancelledDay, House
from .ties import MeetingPlace, Tie

__all__ = ["Activity", "CancelledDay", "House", "MeetingPlace", "Tie"]
