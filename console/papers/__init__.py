"""Papers to print: how they are set (`*.typ`), and what they say."""
