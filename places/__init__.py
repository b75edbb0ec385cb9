"""Where things are and whose they are: offices, khet and khwaeng, addresses in words, boundaries, routing."""
