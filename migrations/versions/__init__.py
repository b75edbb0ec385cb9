"""Numbered steps, applied in order."""
