"""The proof: append-only entries, the tree over them, signed checkpoints, receipts."""
