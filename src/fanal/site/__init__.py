"""Putting it together: settings per face, set-up, supervision, checks and the command line."""
