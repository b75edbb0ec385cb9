"""Turns plain views into LINE messages: one family a file, pure functions, no session and no clock."""
