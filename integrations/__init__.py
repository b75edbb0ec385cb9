"""The systems outside LINE that we speak with: one file for each."""
