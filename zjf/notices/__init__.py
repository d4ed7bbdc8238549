"""The notices: their models, their loading, and their files (`*.toml`)."""
