"""Stage 3 asks whether we have seen this before."""
