"""Who says what: found in an article when it is added."""
