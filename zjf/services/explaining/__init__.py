"""Explanations of codes and figures: their meaning, their houses, the deciding cells."""
