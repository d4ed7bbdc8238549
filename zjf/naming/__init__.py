"""Names: every name that a command takes, in every spelling that a clerk may use.

`kinds` says which kinds of names there are, `declared` reads the names off the declarations, `of_county` off a
county's folder, and `resolving` finds what a text means. Nothing is guessed: what is not known is refused with
the nearest names.
"""
