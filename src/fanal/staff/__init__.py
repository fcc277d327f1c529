"""Who may enter: the tables of staff and of machines' keys."""
