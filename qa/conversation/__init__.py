"""Conversations: questions that build on those before them."""
