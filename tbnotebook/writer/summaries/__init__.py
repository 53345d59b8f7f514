"""What each kind of summary holds, made from arrays: pure functions that fill a ``Summary``."""
