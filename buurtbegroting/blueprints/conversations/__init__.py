"""Conversations: following things, and the news of the municipality, for residents and who works for them."""
