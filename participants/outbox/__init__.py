"""Every mail except the sign-in code: queued, sent, tried again, and seen by organizers."""
