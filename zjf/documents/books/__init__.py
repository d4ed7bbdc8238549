"""Books: ledgers compiled from the units' ledgers (隐患台账, 行业部门台账 …).

Each kind is one file; importing the package registers them all.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
