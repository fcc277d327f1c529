"""Fingerprints of media and their indexes: numeric, usable as a library, without Django and without a database."""
