"""Beside the way: counting what happened."""
