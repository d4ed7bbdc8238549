"""What only builders need; never in the wheel."""
