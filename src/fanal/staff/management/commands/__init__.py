"""What an operator does to staff and keys from the command line."""
