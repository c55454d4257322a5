"""Recipes that train the models of Beforehand: data, training, conversion. Run as `python -m recipes VERB`."""
