"""What labels, draws or compares houses; what fires a code is a rule."""
