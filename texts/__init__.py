"""The words people read, in Thai and in English, and how times are said."""
