"""Reading: one question, one function, plain records back."""
