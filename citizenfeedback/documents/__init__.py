"""Turn plain data into text, tables and paper; never open the archive."""
