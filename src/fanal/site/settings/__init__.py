"""One settings module a face."""
