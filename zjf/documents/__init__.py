"""The content of papers, independent of the file format (`zjf.render` writes the files)."""
