"""The papers made from the smaller ledgers, one file a ledger."""
