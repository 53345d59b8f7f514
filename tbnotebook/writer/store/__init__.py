"""Object stores through fsspec: a spool on this machine, and segments of it uploaded in the background."""
