"""`zjf/commands/recorded/recorded.json`: what the command line answers without loading a command."""

import json

from zjf.cli import function_of
from zjf.commands.recorded import digest
from zjf.commands.recorded.usage import written_down
from zjf.commands.root import COMMANDS
from zjf.naming.declared import DECLARED
from zjf.problems import CATALOGUE
from zjf.services.explaining.meanings import code_in_words


def text() -> str:
    """The text of the record, as the program is now."""
    record = {
        "digest": digest(),
        "commands": {name: written_down(function_of(name)) for name in COMMANDS},
        "names": {kind: [name.as_json() for name in names()] for kind, names in DECLARED.items()},
        "codes": {code: list(code_in_words(entry)) for code, entry in sorted(CATALOGUE.items())},
    }
    return f"{json.dumps(record, ensure_ascii=False, indent=1)}\n"
