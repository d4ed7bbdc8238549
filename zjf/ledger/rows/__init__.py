"""The rows that were accepted: kept by change, packed, and where they stood."""
