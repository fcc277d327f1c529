"""Fanal: an open reporting desk for illegal online content."""

__version__ = "0.1.0"
