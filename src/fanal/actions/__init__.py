"""Writing: one decision, one function, one transaction."""
