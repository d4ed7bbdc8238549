"""zjf: a ledger toolkit for the rectification of unsafe self-built houses (自建房)."""

__version__ = "0.1.0"
