"""The revisions of the ledger's tables, one file each; the last one's number is the ledger's version.

The tables of the forms are not here: they are made, and widened by new columns, as the forms declare
(`zjf.ledger.upgrade`), once all revisions have run. So a revision that renames a form's column must
ask first whether the table is there.
"""
