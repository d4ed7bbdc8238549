"""Workbooks changed at random, as no program and no clerk would: what reading them may cost, and what is said."""
