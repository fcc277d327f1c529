"""Who must know, and what may they be told."""
