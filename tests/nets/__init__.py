"""Well-known networks, written down shortly, with the names that they have elsewhere and no package of models."""
