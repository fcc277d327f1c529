"""What became of it: deadlines, recipients’ answers, the reporter’s news."""
