"""What makes the weights that the project ships."""
