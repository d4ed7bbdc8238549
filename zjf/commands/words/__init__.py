"""The words of a command line: completed, explained, understood, corrected."""
