"""What the notices say: models, loading, and the notices themselves."""
