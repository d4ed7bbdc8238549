"""The sample county 云水县: its generator, the returns it sends, and returns with planted faults.

All places, people, numbers and firms are made up. `python -m sample_data` makes every file anew, to
the same bytes.

    people, places   who lives where
    story            the life of one house, as dated events
    population       all lives of a unit
    record           what the county's figures are, counted from the lives
    habits, wording  how each unit writes its returns
    notes, tables, ledgers, papers   tables laid out on sheets
    files            sheets as the bytes of a file
    clean            the clean set, in `county/`, and `record.json`
    batches, drafts  small returns, and faults planted in them
    dirty, dirty_*   the dirty set, in `dirty/`, with its `answers.json`
"""
