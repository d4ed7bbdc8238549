"""Imported by the server that the tests' workers come from: a return is checked, as each of them would do first.

A worker of a clerk's command ends with the command. Tests run many commands, whose workers would find out
once more what the forms' headings are.
"""

from tests.sheets import A_PLAIN_HOUSE, check, workbook

house = [text.format(number=1) for text in A_PLAIN_HOUSE.values()]
check(workbook([["填报单位：城关街道"], [*A_PLAIN_HOUSE], house]))
