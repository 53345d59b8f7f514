"""A picture of curves and diagram (PNG, by Pillow)."""
