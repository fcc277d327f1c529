"""What is it in law: who looks first, what two people agree on, when a no is looked at again."""
