"""Beside the way: what may be said in public."""
