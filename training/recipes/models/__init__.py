"""Models: loading a base from a file, a toy base, asking a model for text."""
