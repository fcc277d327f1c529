"""Beside the way: the shape of a sealed identity; no keys."""
