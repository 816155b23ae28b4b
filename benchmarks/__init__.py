"""What is measured, with its floor and its peers."""
