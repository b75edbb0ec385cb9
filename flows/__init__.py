"""Conversations as data: what is asked, in which order, and what each answer may be."""
