"""What the rows of a table mean by what stands around them: the unit, the village, the row above, a total."""
