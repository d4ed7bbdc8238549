"""What is wrong with a table as it was read, or around it: each module yields the problems of one kind."""
