"""Counting houses and taking exact rates."""
