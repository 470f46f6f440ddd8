"""What organizers do to a draft: history, operations, rescheduling, copies."""
