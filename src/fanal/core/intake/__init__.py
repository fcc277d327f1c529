"""Stage 1 hears what somebody tells us."""
