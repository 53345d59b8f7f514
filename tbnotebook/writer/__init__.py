"""Values → events."""
