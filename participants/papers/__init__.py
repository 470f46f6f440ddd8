"""What printed documents have in common: letterhead, attendance lists, badges, logos, signatures."""
