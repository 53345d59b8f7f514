"""The graph model ↔ GraphDef. Knows no torch."""
