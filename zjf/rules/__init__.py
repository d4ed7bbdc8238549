"""What the notices demand, as rules over tables."""
