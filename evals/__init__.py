"""How good the answers are, measured on question sets, and what is trained on their tune part."""
