"""The documents. What is made from the code is made here: `python -m docs.generate`."""
