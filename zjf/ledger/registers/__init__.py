"""What was done, on record: arrivals, draws, printed tables, signatures."""
