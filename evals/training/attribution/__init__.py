"""Trains the network that finds who says what."""
