"""The face for analysts: closed by default, behind a second factor."""
