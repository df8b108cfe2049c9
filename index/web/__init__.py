"""Articles from the web."""
