"""What the accepted houses come to: units, county, changes, and where each figure comes from."""
