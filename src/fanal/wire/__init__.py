"""The outside: clock, chance, keys, files."""
