"""Tables on paper."""
