from .announcement import Announcement
from .notice import Notice
from .participant import Participant
from .travel import RetentionPolicy, TravelReading, TravelRecord

__all__ = [
    "Announcement",
    "Notice",
    "Participant",
    "RetentionPolicy",
    "TravelReading",
    "TravelRecord",
]
