"""Returns as they come in: checked, marked, repaired, answered, compared with an earlier sending."""
