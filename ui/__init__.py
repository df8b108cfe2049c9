"""The chat page. It is made of the public API of ``qa`` and knows nothing below it."""
