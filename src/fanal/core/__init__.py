"""The pure core: what we know and how we decide, in the order in which a report meets it."""
