"""The public face: it takes reports in and tells what became of them. No tables, no logic."""
