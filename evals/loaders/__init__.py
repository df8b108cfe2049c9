"""Public data sets by path, one a module: their files into collections.

A file that is missing, damaged or of another format raises one line that says where.
"""
