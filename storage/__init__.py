"""The truth: tables, and the queries by noun. Imports nothing of ours but the leaves."""
