"""A whole ledger looked at for damage, backed up, and brought back."""
