"""The pages of the desk: read the request, ask one query or do one action, answer."""
