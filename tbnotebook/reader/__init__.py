"""Event files → columns."""
