from .announcement import Announcement
from .attendance import Attendance, Badge
from .certificate import Certificate, Signatory
from .letterhead import LetterheadSettings, PrintChoices
from .mail import Mail
from .participant import Participant
from .signed_list import ScannedList, SignedListEntry
from .travel import RetentionPolicy, TravelReading, TravelRecord

__all__ = [
    "Announcement",
    "Attendance",
    "Badge",
    "Certificate",
    "LetterheadSettings",
    "Mail",
    "Participant",
    "PrintChoices",
    "RetentionPolicy",
    "ScannedList",
    "Signatory",
    "SignedListEntry",
    "TravelReading",
    "TravelRecord",
]
