from .announcement import Announcement
from .attendance import Attendance, Badge
from .certificate import Certificate, Signatory
from .notice import Notice
from .paper import PaperSettings
from .participant import Participant
from .signed_list import ScannedList, SignedListEntry
from .travel import RetentionPolicy, TravelReading, TravelRecord

__all__ = [
    "Announcement",
    "Attendance",
    "Badge",
    "Certificate",
    "Notice",
    "PaperSettings",
    "Participant",
    "RetentionPolicy",
    "ScannedList",
    "Signatory",
    "SignedListEntry",
    "TravelReading",
    "TravelRecord",
]
