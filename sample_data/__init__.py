"""The sample county 云水县: its generator, the returns it sends, and returns with planted faults.

All places, people, numbers and firms are made up. `python -m sample_data` makes every file anew, to
the same bytes.

    people, places   who lives where
    story            the life of one house, as dated events
    population       all lives of a unit
    record           what the county's figures are, counted from the lives
    habits, wording  how each unit writes its returns
    sheets, papers   tables laid out on sheets; files  sheets as bytes
    clean, faults, dirty   the two sets of returns
"""
