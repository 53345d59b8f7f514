"""Offline reports: the nbconvert exporter and the command line."""
