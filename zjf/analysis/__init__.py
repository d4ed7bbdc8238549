"""Modules that label, draw or compare houses; what fires a code is a rule (`zjf.rules`)."""
