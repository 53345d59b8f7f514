"""A torch model → the graph model."""
