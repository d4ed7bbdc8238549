"""The reference pages, one module each, made from the code: `page()` gives the text."""
