"""The training of the reader: texts, windows made of them, and the loop."""
