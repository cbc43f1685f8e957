"""The statutes as tables: each row with its article, where it was read, and when it holds."""
