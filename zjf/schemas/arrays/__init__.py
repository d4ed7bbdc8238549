"""What stands for tables while they are asked; it needs numpy, and is loaded when the first table is asked, not with the forms."""
