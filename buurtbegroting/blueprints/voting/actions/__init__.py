"""Deeds of voting: casting, posting on the board, closing, counting, deciding."""
