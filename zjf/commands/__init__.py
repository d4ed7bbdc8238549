"""One file per command (one for the weekly and the monthly paper): options in, one call, one view out."""
