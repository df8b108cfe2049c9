"""How fast it is and what it takes, beside plain sentence-transformers on the same texts.

Everything is measured in processes of its own, so that neither side pays for what the other
imports, and in a folder that goes away. Exporting the embedding model, which is done once a user,
comes before the measuring and is in no figure.
"""
