"""The ledger's database: its tables, how it is opened, what it refuses, how damage shows."""
