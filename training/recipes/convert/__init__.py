"""Conversion of what was trained to GGUF files for llama.cpp."""
