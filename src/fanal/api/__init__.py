"""The face for machines: reports one by one and in batches, and what became of them, under /api/v1."""
