"""The scripts of `zjf completion`, one a shell."""
