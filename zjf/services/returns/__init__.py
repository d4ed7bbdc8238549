"""Returns as they come in: checked, marked, repaired, answered, held against an earlier sending."""
