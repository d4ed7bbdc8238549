"""What leaves the toolkit: the attachments, ledgers and lists that a clerk opens, prints and signs."""
