"""What is behind a code or a figure: its meaning, its houses, the cells that say so."""
