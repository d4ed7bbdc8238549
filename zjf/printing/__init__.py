"""Tables to sign: made from the ledger, verified against it, and their sign-off."""
