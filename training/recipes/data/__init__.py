"""Training data: the layouts that `beforehand export` writes, and ProactiveBench's reward data."""
