"""Bytes ↔ records ↔ messages. Knows no torch, no notebook, no plot."""
