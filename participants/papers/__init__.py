"""What printed papers have in common: letterhead, attendance lists, badges, logos, signatures."""
