"""Reading: which sentences answer a question, the short answer in them, and whether any does."""
